//! What is drawn of a signing, kept, sealed and verified: through the API, and on the model with everything that can go wrong.

mod documents;
mod edits;
mod kills;
mod kms;
mod office;
mod sealing;
mod verifying;
