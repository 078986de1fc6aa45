//! Has the linker lay what runs at a start together at the front of a function's program (ADR 0035).

use std::env;
use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=linking/startup.ld");
    println!("cargo:rerun-if-changed=build.rs");
    if set("PROFILE") == "release" && set("CARGO_CFG_TARGET_ENV") == "gnu" && links_by_rusts_own_lld() {
        println!("cargo:rustc-link-search=native={}", Path::new(&set("CARGO_MANIFEST_DIR")).join("linking").display());
        println!("cargo:rustc-link-lib=dylib:+verbatim=startup.ld");
    }
}

/// Other linkers (GNU's on arm64, cargo-lambda's zig, whichever somebody prefers) take no such script as a library, and go without.
fn links_by_rusts_own_lld() -> bool {
    let flags = set("CARGO_ENCODED_RUSTFLAGS");
    let chosen = !set("RUSTC_LINKER").is_empty() || flags.contains("fuse-ld") || flags.contains("linker");
    let sysroot = Command::new(set("RUSTC")).args(["--print", "sysroot"]).output();
    let sysroot = sysroot.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()).unwrap_or_default();
    let target = set("TARGET");
    let lld = Path::new(&sysroot).join("lib/rustlib").join(&target).join("bin/gcc-ld/ld.lld");
    !chosen && target == "x86_64-unknown-linux-gnu" && lld.is_file()
}

#[expect(clippy::disallowed_methods, reason = "cargo tells a build script what it builds by its environment")]
fn set(name: &str) -> String {
    env::var(name).unwrap_or_default()
}
