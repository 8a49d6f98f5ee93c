//! The instrument: cases run interleaved on one thread, in another order each round, measured in
//! that thread's CPU time and compared by the median of the ratios within each round. So neither
//! another process nor a slow minute of the machine favours a case.

use std::time::Duration;

use cpu_time::ThreadTime;

/// Rounds; each runs every case once.
const ROUNDS: usize = 31;
/// CPU time that one case gets in a round.
const SLICE: Duration = Duration::from_millis(3);

pub(crate) struct Case<'a> {
    name: String,
    run: Box<dyn FnMut() + 'a>,
}

pub(crate) fn case<'a>(name: impl Into<String>, run: impl FnMut() + 'a) -> Case<'a> {
    Case {
        name: name.into(),
        run: Box::new(run),
    }
}

/// Measures the cases against the first of them, and prints a table.
pub(crate) fn compare(title: &str, mut cases: Vec<Case<'_>>) {
    let repeats: Vec<u32> = cases.iter_mut().map(repeats).collect();
    let mut samples = vec![Vec::with_capacity(ROUNDS); cases.len()];
    for round in 0..ROUNDS {
        // Forwards and backwards, from another case on each time.
        for step in 0..cases.len() {
            let step = if round % 2 == 0 {
                step
            } else {
                cases.len() - 1 - step
            };
            let index = (step + round / 2) % cases.len();
            let began = ThreadTime::now();
            for _ in 0..repeats[index] {
                (cases[index].run)();
            }
            let spent = began.elapsed().as_nanos() as f64;
            samples[index].push(spent / f64::from(repeats[index]));
        }
    }
    println!("\n### {title}\n");
    println!("| case | ns | ratio | allocations | bytes |");
    println!("|---|---:|---:|---:|---:|");
    for (case, sample) in cases.iter_mut().zip(&samples) {
        let counted = allocation_counter::measure(|| (case.run)());
        let ratios = sample.iter().zip(&samples[0]).map(|(one, base)| one / base);
        println!(
            "| {} | {:.0} | {:.3} | {} | {} |",
            case.name,
            median(sample.iter().copied()),
            median(ratios),
            counted.count_total,
            counted.bytes_total,
        );
    }
}

/// How often a case runs in a slice, after it has warmed up.
fn repeats(case: &mut Case<'_>) -> u32 {
    let mut count: u32 = 1;
    loop {
        let began = ThreadTime::now();
        for _ in 0..count {
            (case.run)();
        }
        let spent = began.elapsed();
        if spent * 2 >= SLICE {
            let scaled = f64::from(count) * SLICE.as_secs_f64() / spent.as_secs_f64();
            return (scaled as u32).max(1);
        }
        count = count.saturating_mul(2);
    }
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}
