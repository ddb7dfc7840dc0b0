//! `nexwatch bench`.

/// Nothing yet.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {}

pub(super) fn run(_: &Arguments) -> anyhow::Result<std::process::ExitCode> {
    anyhow::bail!("not built yet")
}
