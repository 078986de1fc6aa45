//! Documents composed of blocks, one below the other, on as many pages as they take.

use crate::Undrawable;
use crate::page::{Area, BOTTOM, MARGIN, MEASURE, Mark, Page, TOP, WIDTH};
use crate::paragraph::{Align, Paragraph, Set, Style, height};
use crate::structure::{NodeId, Role, Structure};
use crate::table::{Laid, Table};

/// No document has more. The longest that the product's own limits allow has eight.
const MOST_PAGES: usize = 40;
/// Lines of a paragraph that stay together at either side of a page break.
const TOGETHER: usize = 2;
/// The side of a QR code.
const CODE: f32 = 62.0;

/// What a document is composed of.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Block {
    /// A heading of a level: it stays with what follows it.
    Heading(u16, Paragraph),
    Text(Paragraph),
    Table(Table),
    Space(f32),
    /// Blocks that one page is to hold, if any page can.
    Together(Vec<Block>),
    /// What stands at the head of the first page: lines to the left, a code to the right.
    Head(Head),
}

/// The head of the first page.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Head {
    pub(crate) lines: Vec<Paragraph>,
    pub(crate) code: Option<Code>,
}

/// A QR code and what it says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Code {
    /// Rows of modules, dark ones true.
    pub(crate) modules: Vec<Vec<bool>>,
    /// What a person does with it.
    pub(crate) caption: String,
    /// What it says to those who do not see it.
    pub(crate) says: String,
}

/// Pages on their way.
#[derive(Debug)]
pub(crate) struct Composer {
    done: Vec<Page>,
    page: Page,
    y: f32,
    structure: Structure,
}

/// Composes blocks into pages.
pub(crate) fn compose(blocks: &[Block]) -> Result<(Vec<Page>, Structure), Undrawable> {
    let mut composer = Composer::new();
    composer.blocks(blocks)?;
    composer.done.push(composer.page);
    Ok((composer.done, composer.structure))
}

/// How much of a block has to stand below a heading.
fn beginning(block: &Block) -> f32 {
    match block {
        Block::Heading(_, paragraph) | Block::Text(paragraph) => {
            height(paragraph.set(MEASURE).get(..TOGETHER).unwrap_or_default()).max(paragraph.style.line_height())
        }
        Block::Table(table) => Laid::new(table, &mut Structure::default()).beginning(),
        Block::Space(high) => *high,
        Block::Together(blocks) => blocks.first().map_or(0.0, beginning),
        Block::Head(_) => CODE,
    }
}

/// How much room a block wants that closes what stands above it: it is not to stand on a page alone.
fn closing(block: &Block) -> Result<f32, Undrawable> {
    if let Block::Together(blocks) = block { Ok(Composer::high(blocks)?.unwrap_or_default()) } else { Ok(0.0) }
}

impl Composer {
    fn new() -> Self {
        Self { done: Vec::new(), page: Page::default(), y: TOP, structure: Structure::default() }
    }

    fn blocks(&mut self, blocks: &[Block]) -> Result<(), Undrawable> {
        let followed = blocks.iter().zip(blocks.iter().skip(1).map(Some).chain([None]));
        for (block, next) in followed {
            match block {
                Block::Heading(level, paragraph) => self.heading(*level, paragraph, next.map_or(0.0, beginning))?,
                Block::Text(paragraph) => self.text(paragraph)?,
                Block::Table(table) => {
                    let laid = Laid::new(table, &mut self.structure);
                    self.make_room(laid.beginning())?;
                    laid.draw(self, next.map_or(Ok(0.0), closing)?)?;
                }
                Block::Space(high) => self.space(*high),
                Block::Together(blocks) => self.together(blocks)?,
                Block::Head(head) => self.head(head),
            }
        }
        Ok(())
    }

    /// Composes blocks where one page holds them, if any can.
    fn together(&mut self, blocks: &[Block]) -> Result<(), Undrawable> {
        if let Some(high) = Self::high(blocks)? {
            self.make_room(high)?;
        }
        self.blocks(blocks)
    }

    /// How high blocks are, if a page holds them: composed apart.
    fn high(blocks: &[Block]) -> Result<Option<f32>, Undrawable> {
        // Not quite at the top of a page, where a space would not count.
        let below_top = TOP + 1.0;
        let mut apart = Self { y: below_top, ..Self::new() };
        apart.blocks(blocks)?;
        Ok(apart.done.is_empty().then_some(apart.y - below_top))
    }

    pub(crate) fn y(&self) -> f32 {
        self.y
    }

    pub(crate) fn page(&mut self) -> &mut Page {
        &mut self.page
    }

    pub(crate) fn advance(&mut self, high: f32) {
        self.y += high;
    }

    /// Goes on at the top of a new page.
    pub(crate) fn turn(&mut self) -> Result<(), Undrawable> {
        self.done.push(std::mem::take(&mut self.page));
        self.y = TOP;
        if self.done.len() < MOST_PAGES { Ok(()) } else { Err(Undrawable::TooLong) }
    }

    fn make_room(&mut self, high: f32) -> Result<(), Undrawable> {
        if self.y + high > BOTTOM && self.y > TOP { self.turn() } else { Ok(()) }
    }

    /// No page begins with a space.
    fn space(&mut self, high: f32) {
        if self.y > TOP {
            self.y += high;
        }
    }

    fn heading(&mut self, level: u16, paragraph: &Paragraph, next: f32) -> Result<(), Undrawable> {
        let lines = paragraph.set(MEASURE);
        self.make_room(height(&lines) + next)?;
        let node = self.structure.add(Role::Heading(level, paragraph.text.clone()), None);
        self.lines(&lines, node)
    }

    fn text(&mut self, paragraph: &Paragraph) -> Result<(), Undrawable> {
        let lines = paragraph.set(MEASURE);
        let node = self.structure.add(Role::Paragraph, None);
        self.lines(&lines, node)
    }

    fn lines(&mut self, lines: &[Set], node: NodeId) -> Result<(), Undrawable> {
        for (number, line) in lines.iter().enumerate() {
            let rest = lines.get(number..).unwrap_or_default();
            // The first lines go together, and so do the last.
            let together =
                if number == 0 || rest.len() == TOGETHER { rest.get(..TOGETHER).unwrap_or(rest) } else { rest.get(..1).unwrap_or(rest) };
            self.make_room(height(together))?;
            line.draw(&mut self.page, MARGIN, self.y, MEASURE, Some(node));
            self.y += line.height();
        }
        Ok(())
    }

    fn head(&mut self, head: &Head) {
        let top = self.y;
        let room = MEASURE - head.code.as_ref().map_or(0.0, |_| CODE + 12.0);
        let mut y = top;
        for paragraph in &head.lines {
            let node = self.structure.add(Role::Paragraph, None);
            for line in paragraph.set(room) {
                line.draw(&mut self.page, MARGIN, y, room, Some(node));
                y += line.height();
            }
        }
        if let Some(code) = &head.code {
            y = y.max(self.code(code, top));
        }
        self.y = y;
    }

    /// Draws a code at the right edge, and tells where what belongs to it ends.
    fn code(&mut self, code: &Code, top: f32) -> f32 {
        let left = WIDTH - MARGIN - CODE;
        let area = Area { x: left, y: top, width: CODE, height: CODE };
        let node = self.structure.add(Role::Figure { says: code.says.clone(), page: self.done.len(), area }, None);
        self.page.draw(Mark::Squares(squares(&code.modules, left, top)), Some(node));
        let node = self.structure.add(Role::Paragraph, None);
        let caption = Style::BODY.sized(7.5).led(1.4).flush().quiet().aligned(Align::Centre).of(code.caption.as_str());
        let mut y = top + CODE + 5.0;
        for line in caption.set(CODE) {
            line.draw(&mut self.page, left, y, CODE, Some(node));
            y += line.height();
        }
        y
    }
}

/// The dark modules, those beside each other in one.
fn squares(modules: &[Vec<bool>], left: f32, top: f32) -> Vec<Area> {
    let side = CODE / crate::page::times(modules.len().max(1));
    let mut squares = Vec::new();
    for (row, modules) in modules.iter().enumerate() {
        let y = top + crate::page::times(row) * side;
        let mut column = 0;
        for run in modules.chunk_by(PartialEq::eq) {
            if run.first() == Some(&true) {
                let area =
                    Area { x: left + crate::page::times(column) * side, y, width: crate::page::times(run.len()) * side, height: side };
                squares.push(area);
            }
            column += run.len();
        }
    }
    squares
}
