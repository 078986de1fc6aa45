//! The deployment, compared with the tables that it is made from and with what the code says of itself: functions, routes, settings,
//! rights, what starts a worker. What a tool that knows AWS finds, `infra/gates/template.sh` asks.

mod authority;
mod functions;
mod house;
mod nesting;
mod reading;
mod settings;
mod sources;
mod storage;
mod watching;
