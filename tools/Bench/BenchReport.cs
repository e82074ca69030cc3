// What a benchmark found, as it is written to JSON and read back to be compared.
using System.Text.Json;
using System.Text.Json.Serialization;
using Nestor.Tools.Support;

namespace Nestor.Tools.Bench;

/// <summary>The whole result.</summary>
public sealed record BenchReport
{
    private static readonly JsonSerializerOptions s_format = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>QEMU's version line.</summary>
    public string Qemu { get; init; } = "";

    /// <summary>The commit that was measured, with + behind it when files were changed.</summary>
    public string? Commit { get; init; }

    /// <summary>SHA-256 of out/nestor.</summary>
    public string? ImageHash { get; init; }

    /// <summary>Bytes of out/nestor.</summary>
    public long? ImageBytes { get; init; }

    /// <summary>KiB that Nestor takes for itself, guest memory aside, by column.</summary>
    public SortedDictionary<string, long>? OwnKibibytes { get; init; }

    /// <summary>Instructions that the trace and the counters, always on, cost a trap.</summary>
    public int? TracingInstructions { get; init; }

    /// <summary>KiB of the tables of a shadow stage 2, for a guest of KVM with 256 MiB.</summary>
    public long? ShadowKibibytes { get; set; }

    /// <summary>The command line of each column, and of each row with a machine of its own, without icount.</summary>
    public SortedDictionary<string, string>? Commands { get; set; }

    /// <summary>How cost and memory grow: by series, and by the number of vCPUs or VMs..</summary>
    public SortedDictionary<string, SortedDictionary<int, double>>? Growth { get; set; }

    /// <summary>Figures by row and column, in the order in which they were measured.</summary>
    public Dictionary<string, Dictionary<string, Figure>> Rows { get; init; } = [];

    /// <summary>Only what does not change from run to run or from machine to machine: the reference.</summary>
    public BenchReport OnlyInstructions() => new()
    {
        Qemu = Qemu,
        Rows = Rows
            .Select(row => (row.Key, Columns: row.Value
                .Where(column => column.Value.Instructions is not null)
                .ToDictionary(column => column.Key, column => new Figure { Instructions = column.Value.Instructions })))
            .Where(row => row.Columns.Count > 0)
            .ToDictionary(row => row.Key, row => row.Columns),
    };

    /// <summary>Notes a command line.</summary>
    public void Ran(string what, string command) => (Commands ??= [])[what] = command;

    /// <summary>Adds a point to a series.</summary>
    public void Grow(string series, int size, double value)
    {
        Growth ??= [];
        if (!Growth.TryGetValue(series, out SortedDictionary<int, double>? values))
        {
            Growth[series] = values = [];
        }

        values[size] = Math.Round(value, 1);
    }

    /// <summary>As JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, s_format) + "\n";

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="UsageException">The file is missing or is not such a report.</exception>
    public static BenchReport Read(string path)
    {
        try
        {
            BenchReport? report = JsonSerializer.Deserialize<BenchReport>(File.ReadAllText(path), s_format);
            return report?.Rows is { Count: > 0 } rows && rows.Values.All(row => row is not null) ? report
                : throw new UsageException($"{path} is not a report of `bench`: it has no rows");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path} is not a report of `bench`: {e.Message}");
        }
    }

    /// <summary>The figure of a row in a column, made when it is not there.</summary>
    public void Put(string row, string column, Func<Figure, Figure> change)
    {
        if (!Rows.TryGetValue(row, out Dictionary<string, Figure>? columns))
        {
            Rows[row] = columns = [];
        }

        columns[column] = change(columns.GetValueOrDefault(column) ?? new Figure());
    }
}
