//! Builds the stand-in for cloudflared, so that tests of other crates find it: cargo builds the programs of a
//! package only for its own tests. It needs nothing but the standard library, and so nothing but the compiler.

use std::error::Error;
use std::path::PathBuf;
use std::process::Command;
use std::{env, io};

const SOURCE: &str = "src/bin/played-cloudflared.rs";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={SOURCE}");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let program = out.join(format!("cloudflared{}", env::consts::EXE_SUFFIX));
    let status = Command::new(env::var("RUSTC")?)
        .args(["--edition=2024", "-Copt-level=1", "-Cstrip=symbols", "-o"])
        .arg(&program)
        .arg(SOURCE)
        .status()?;
    if !status.success() {
        return Err(io::Error::other(format!("{SOURCE} does not compile")).into());
    }
    println!("cargo::rustc-env=PLAYED_CLOUDFLARED={}", program.display());
    Ok(())
}
