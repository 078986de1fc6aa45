//! A mail as a page. Mail programs are old and each in its own way: tables for layout, styles in place, no pictures, nothing fetched.

use crate::part::{Fact, Part, Weight};
use maud::{DOCTYPE, Markup, PreEscaped, html};

const INK: &str = "#1f2933";
const FONT: &str = "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI','PingFang SC','Microsoft YaHei','Noto Sans CJK SC',\
                    Helvetica,Arial,sans-serif;";
const PAGE: &str = "margin:0;padding:0;background-color:#eef2f7;-webkit-text-size-adjust:100%;";
const NAME: &str = "padding:4px 8px 16px;font-size:15px;line-height:22px;font-weight:bold;letter-spacing:1px;color:#0b4f94;";
const CARD: &str =
    "padding:28px 24px 24px;background-color:#ffffff;border:1px solid #d9e2ec;border-top:4px solid #0b5cad;border-radius:8px;";
const TITLE: &str = "margin:0 0 18px;font-size:22px;line-height:31px;font-weight:bold;color:#102a43;";
const SAID: &str = "margin:0 0 12px;font-size:16px;line-height:27px;color:#1f2933;";
const FACTS: &str = "margin:20px 0 24px;background-color:#f5f8fc;border-left:4px solid #0b5cad;border-radius:4px;";
const LABEL: &str = "padding:5px 8px 5px 16px;width:72px;font-size:14px;line-height:24px;color:#52606d;white-space:nowrap;";
const VALUE: &str = "padding:5px 16px 5px 4px;font-size:16px;line-height:24px;word-break:break-word;overflow-wrap:anywhere;";
const REMARK: &str = "font-size:14px;font-weight:normal;white-space:nowrap;color:#52606d;";
const BUTTON: &str = "display:block;padding:14px 34px;font-size:16px;line-height:20px;font-weight:bold;color:#ffffff;\
                      text-decoration:none;border-radius:6px;";
const SMALL: &str = "margin:0 0 6px;font-size:13px;line-height:20px;color:#52606d;";
const LINK: &str = "color:#0b5cad;text-decoration:underline;word-break:break-all;overflow-wrap:anywhere;";
/// Outlook on Windows knows no greatest width: it gets a table of its own.
const OUTLOOK: (&str, &str) = (
    "<!--[if mso]><table role=\"presentation\" width=\"600\" align=\"center\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\"><tr><td><![endif]-->",
    "<!--[if mso]></td></tr></table><![endif]-->",
);

/// The whole page.
pub(crate) fn render(subject: &str, parts: &[Part], link: &str) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="zh-CN" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width,initial-scale=1";
                meta name="color-scheme" content="light";
                meta name="supported-color-schemes" content="light";
                // Otherwise a telephone makes links of days and numbers.
                meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no";
                title { (subject) }
            }
            body style=(PAGE) {
                table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="#eef2f7" {
                    tr { td align="center" style="padding:20px 12px 32px;" { (column(parts, link)) } }
                }
            }
        }
    };
    page.into_string()
}

fn column(parts: &[Part], link: &str) -> Markup {
    html! {
        (PreEscaped(OUTLOOK.0))
        table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" align="center"
            style={ "max-width:600px;margin:0 auto;border-collapse:separate;text-align:left;color:" (INK) ";" (FONT) } {
            tr { td style=(NAME) { span lang="zh-CN" { "网签" } " · " span lang="en" { "Wangqian" } } }
            @for part in parts {
                tr { td lang=(part.language.code()) bgcolor="#ffffff" style={ (CARD) (FONT) } { (content(part, link)) } }
                tr { td height="16" style="font-size:0;line-height:16px;" { (PreEscaped("&nbsp;")) } }
            }
        }
        (PreEscaped(OUTLOOK.1))
    }
}

fn content(part: &Part, link: &str) -> Markup {
    html! {
        h1 style=(TITLE) { (part.title) }
        p style=(SAID) { (part.greeting) }
        p style=(SAID) { (part.said) }
        table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="#f5f8fc" style=(FACTS) {
            tr { td colspan="2" height="8" style="font-size:0;line-height:8px;" { (PreEscaped("&nbsp;")) } }
            @for fact in &part.facts { (row(fact)) }
            tr { td colspan="2" height="8" style="font-size:0;line-height:8px;" { (PreEscaped("&nbsp;")) } }
        }
        table role="presentation" cellpadding="0" cellspacing="0" border="0" {
            tr {
                td align="center" bgcolor="#0b5cad" style="border-radius:6px;background-color:#0b5cad;" {
                    a href=(link) target="_blank" rel="noopener" style=(BUTTON) { (part.action) }
                }
            }
        }
        p style={ "padding-top:20px;" (SMALL) } {
            (part.by_hand) br;
            a href=(link) target="_blank" rel="noopener" style=(LINK) { (link) }
        }
        table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" {
            tr { td style="padding-top:16px;border-bottom:1px solid #d9e2ec;font-size:0;line-height:0;" { (PreEscaped("&nbsp;")) } }
        }
        @for (i, note) in part.notes.iter().enumerate() {
            p style={ @if i == 0 { "padding-top:16px;" } (SMALL) } { (note) }
        }
    }
}

fn row(fact: &Fact) -> Markup {
    let weight = match fact.weight {
        Weight::Plain => "color:#1f2933;",
        Weight::Strong => "font-weight:bold;color:#102a43;",
        Weight::Urgent => "font-weight:bold;color:#b42318;",
    };
    html! {
        tr {
            td valign="top" style=(LABEL) { (fact.label) }
            // Text that runs from right to left stays inside its own cell and turns nothing else.
            td valign="top" style={ (VALUE) (weight) } {
                bdi style=[(!fact.remark.is_empty()).then_some("white-space:nowrap;")] { (fact.value) }
                // The space stays outside: there the line may break.
                @if fact.remark.starts_with(' ') { " " }
                span style=(REMARK) { (fact.remark.trim_start()) }
            }
        }
    }
}
