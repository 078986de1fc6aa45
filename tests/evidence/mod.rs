//! Evidence: the tree against its RFC, each fault met, and ten thousand edits of which none goes unseen.

mod edits;
mod faults;
mod keys;
mod rolled_back;
mod scene;
mod spelling;
mod tampering;
mod told;
mod tree;
mod tries;
