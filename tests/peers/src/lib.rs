//! The instrument: cases run interleaved in random order on one thread, measured in that thread's
//! CPU time, and compared by the median of the ratios within each round. So neither another
//! process nor a slow minute of the machine favours a case. Allocations are counted, not timed.

pub mod fixture;
pub mod rebuild;

use std::time::Duration;

use cpu_time::ThreadTime;

/// Rounds; each runs every case once.
const ROUNDS: usize = 31;
/// CPU time that one case gets in a round.
const SLICE: Duration = Duration::from_millis(3);

/// What is measured, under a name.
pub struct Case<'a> {
    name: String,
    run: Box<dyn FnMut() + 'a>,
}

/// A case that calls `run` again and again.
pub fn case<'a>(name: impl Into<String>, run: impl FnMut() + 'a) -> Case<'a> {
    Case {
        name: name.into(),
        run: Box::new(run),
    }
}

/// One line of the table.
#[derive(Clone, Debug)]
pub struct Line {
    /// The case.
    pub name: String,
    /// Median nanoseconds a call.
    pub nanoseconds: f64,
    /// Median of the ratios to the first case, taken within each round.
    pub ratio: f64,
    /// Allocations of one call, reallocations included.
    pub allocations: u64,
    /// Bytes of these.
    pub bytes: u64,
    /// Nanoseconds a call, of each round.
    rounds: Vec<f64>,
}

/// Measures the cases against the first of them, prints the table and gives its lines.
pub fn compare(title: &str, mut cases: Vec<Case<'_>>) -> Vec<Line> {
    let repeats: Vec<u32> = cases.iter_mut().map(repeats).collect();
    let mut samples = vec![Vec::with_capacity(ROUNDS); cases.len()];
    let mut order: Vec<usize> = (0..cases.len()).collect();
    for _ in 0..ROUNDS {
        fastrand::shuffle(&mut order);
        for &index in &order {
            let began = ThreadTime::now();
            for _ in 0..repeats[index] {
                (cases[index].run)();
            }
            let spent = began.elapsed().as_nanos() as f64;
            samples[index].push(spent / f64::from(repeats[index]));
        }
    }
    let first = samples[0].clone();
    let lines: Vec<Line> = cases
        .iter_mut()
        .zip(&samples)
        .map(|(case, sample)| {
            let counted = allocation_counter::measure(|| (case.run)());
            let ratios = sample.iter().zip(&first).map(|(one, base)| one / base);
            Line {
                name: case.name.clone(),
                nanoseconds: median(sample.iter().copied()),
                ratio: median(ratios),
                allocations: counted.count_total,
                bytes: counted.bytes_total,
                rounds: sample.clone(),
            }
        })
        .collect();
    print(title, &lines);
    lines
}

/// The share of `one` above `base` in that of `other` above `base`: what a guard costs over the
/// bare handler, beside what another costs. The median of the rounds, like every ratio.
pub fn overhead(lines: &[Line], one: usize, other: usize, base: usize) -> f64 {
    let round = |index: usize| lines[index].rounds.iter();
    let rounds = round(base).zip(round(one)).zip(round(other));
    median(rounds.map(|((base, one), other)| (one - base) / (other - base)))
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

fn print(title: &str, lines: &[Line]) {
    println!("\n### {title}\n");
    println!("| case | ns | ratio | allocations | bytes |");
    println!("|---|---:|---:|---:|---:|");
    for line in lines {
        println!(
            "| {} | {:.0} | {:.3} | {} | {} |",
            line.name, line.nanoseconds, line.ratio, line.allocations, line.bytes
        );
    }
}
