//! Nexwatch: the window, or a verb of the command line.

#![cfg_attr(all(not(debug_assertions), windows), windows_subsystem = "windows")]

fn main() -> std::process::ExitCode {
    nexwatch::cli::main()
}
