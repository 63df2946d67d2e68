//! Time that some work took.

use std::hint::black_box;
use std::time::Instant;

use rustix::time::{ClockId, clock_gettime};

/// Seconds, of the processor's time and of the clock on the wall.
#[derive(Clone, Copy, Debug, Default)]
pub struct Spent {
    /// Of all threads of the process.
    pub cpu: f64,
    /// On the wall.
    pub wall: f64,
}

impl Spent {
    /// Counts more in.
    pub fn add(&mut self, more: Spent) {
        self.cpu += more.cpu;
        self.wall += more.wall;
    }
}

/// Does some work, and says how long it took.
pub fn timed<T>(work: impl FnOnce() -> T) -> (Spent, T) {
    let cpu = || {
        let time = clock_gettime(ClockId::ProcessCPUTime);
        time.tv_sec as f64 + time.tv_nsec as f64 * 1e-9
    };
    let (start, started) = (cpu(), Instant::now());
    let result = black_box(work());
    let wall = started.elapsed().as_secs_f64();
    let cpu = cpu() - start;
    (Spent { cpu, wall }, result)
}
