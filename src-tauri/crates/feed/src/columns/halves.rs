//! Long work over many chunks, on two threads.

/// For fewer chunks the second thread would cost more than it saves.
const MANY: usize = 96;

/// Does the same with the first and the second half of a list, at the same time where that pays, and gives what comes of
/// it in their order.
pub(crate) fn halves<T: Sync, R: Send>(list: &[T], work: impl Fn(&[T]) -> R + Sync) -> Vec<R> {
    if list.len() < MANY {
        return vec![work(list)];
    }
    let (first, second) = list.split_at(list.len() / 2);
    both(first, second, work)
}

/// Does the same with two lists at the same time.
pub(crate) fn both<T: Sync, R: Send>(first: &[T], second: &[T], work: impl Fn(&[T]) -> R + Sync) -> Vec<R> {
    std::thread::scope(|scope| {
        let helper = std::thread::Builder::new()
            .name("count".into())
            .spawn_scoped(scope, || work(first));
        let second = work(second);
        let first = match helper {
            Ok(helper) => match helper.join() {
                Ok(first) => first,
                Err(panic) => std::panic::resume_unwind(panic),
            },
            // The system has no thread to spare.
            Err(_) => work(first),
        };
        vec![first, second]
    })
}
