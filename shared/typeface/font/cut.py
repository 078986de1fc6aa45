"""Cuts the typeface of the documents, Noto Serif CJK SC, out of Debian's package `fonts-noto-cjk` (1:20220127+repack1-1).

    apt-get install fonts-noto-cjk
    python3 -m venv /tmp/cut && /tmp/cut/bin/pip install fonttools==4.68.0
    /tmp/cut/bin/python shared/typeface/font/cut.py /usr/share/fonts/opentype/noto

The regular weight keeps every Chinese character that the typeface has: names are written with any of them. The bold weight
is for titles and labels and keeps those of GB 2312; the rest is drawn bold with the regular weight and a stroke. Layout
tables, hints and vertical metrics go: the documents set one glyph per character, and lines run from left to right. The same
typeface cut twice gives the same bytes. `coverage.txt` tells what the regular weight has, so that a name can be looked at without it.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

SIMPLIFIED = 2  # the number of the face for simplified Chinese in the collection

LATIN_AND_SIGNS = [
    (0x20, 0x7E), (0xA0, 0x17F), (0x2C0, 0x2DF), (0x370, 0x451), (0x2010, 0x206F), (0x20A0, 0x20BF), (0x2100, 0x27FF),
    (0x2E80, 0x2FDF), (0x2FF0, 0x30FF), (0x3100, 0x312F), (0x31A0, 0x31E3), (0x3200, 0x33FF), (0xFE10, 0xFE6F), (0xFF01, 0xFFEE),
]
HAN = [(0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF)]


def in_gb2312(code_point: int) -> bool:
    try:
        return len(chr(code_point).encode("gb2312")) > 0
    except UnicodeEncodeError:
        return False


def within(code_point: int, ranges: list[tuple[int, int]]) -> bool:
    return any(first <= code_point <= last for first, last in ranges)


def cut(source: Path, target: Path, keep) -> None:
    options = subset.Options()
    options.font_number = SIMPLIFIED
    options.layout_features = []
    options.hinting = False
    options.desubroutinize = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]  # 0, 13 and 14 are the copyright and the licence: they stay
    options.notdef_outline = True
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "DSIG"]
    options.recalc_timestamp = False
    font = subset.load_font(str(source), options)
    chosen = [code_point for code_point in font.getBestCmap() if keep(code_point)]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=chosen)
    cutter.subset(font)
    subset.save_font(font, str(target), options)
    print(f"{target.name}: {len(chosen)} code points, {target.stat().st_size} bytes")


def tell_coverage(font: Path, target: Path) -> None:
    """One line for each run of code points: its first and its last, in hexadecimal."""
    runs: list[list[int]] = []
    for code_point in sorted(TTFont(font).getBestCmap()):
        if runs and runs[-1][1] == code_point - 1:
            runs[-1][1] = code_point
        else:
            runs.append([code_point, code_point])
    target.write_text("".join(f"{first:x} {last:x}\n" for first, last in runs))


def main() -> None:
    source, here = Path(sys.argv[1]), Path(__file__).parent
    cut(source / "NotoSerifCJK-Regular.ttc", here / "serif-regular.otf", lambda c: within(c, LATIN_AND_SIGNS + HAN))
    cut(source / "NotoSerifCJK-Bold.ttc", here / "serif-bold.otf", lambda c: 0x20 <= c <= 0x7E or in_gb2312(c))
    tell_coverage(here / "serif-regular.otf", here / "coverage.txt")


if __name__ == "__main__":
    main()
