// A row's repetitions come in batches, so that what happens beside a row now and then is not in all of them.
namespace Nestor.Tools.Bench;

/// <summary>One batch.</summary>
/// <param name="Count">Its repetitions.</param>
/// <param name="Ticks">Ticks of the counter for all of them.</param>
public sealed record BenchBatch(long Count, long Ticks);
