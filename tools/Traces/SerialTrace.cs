// A trace over the second serial port, where gdb's protocol is spoken: Nestor's own `trace`, in JSON, by gdb's `monitor`. The
// guests go on meanwhile, and neither the image nor QEMU has to be known.

using System.Globalization;
using System.Text.Json;
using Nestor.Tools.Inspect;

namespace Nestor.Tools.Traces;

/// <summary>Asks Nestor for its rings.</summary>
public static class SerialTrace
{
    private const uint Hypervisor = 1;
    private const ulong El1 = 5;

    /// <summary>Reads the machine at the other end.</summary>
    /// <exception cref="InspectionException">It answers something else.</exception>
    /// <exception cref="IOException">It has hung up, or refuses.</exception>
    public static async Task<TraceFile> ReadAsync(Stream stream)
    {
        GdbConnection nestor = new(stream);
        try
        {
            // First, for each letter that comes is an interrupt, and in the trace.
            JsonElement[] exits = [.. (await AskAsync(nestor, "trace 128").ConfigureAwait(false)).GetProperty("exits").EnumerateArray()];
            JsonElement[] machines = [.. (await AskAsync(nestor, "vm").ConfigureAwait(false)).GetProperty("machines").EnumerateArray()];
            List<(string Guest, uint Index)> vcpus = [.. machines.SelectMany(machine =>
                Enumerable.Range(0, machine.GetProperty("vcpus").GetInt32()).Select(index => (Text(machine, "name"), (uint)index)))];
            List<string> names = [.. machines.Select(machine => Text(machine, "name"))];
            ulong frequency = (await AskAsync(nestor, "timer").ConfigureAwait(false)).GetProperty("frequency").GetUInt64();
            int cpus = exits.Select(exit => exit.GetProperty("cpu").GetInt32() + 1).DefaultIfEmpty().Max();
            return new TraceFile(
                frequency,
                [.. machines.Select(machine => new TraceGuest(Text(machine, "name"), Text(machine, "level") == "EL2"))],
                [.. vcpus.Select(vcpu => new TraceVcpu((uint)names.IndexOf(vcpu.Guest), vcpu.Index))],
                [.. Enumerable.Range(0, cpus).Select(IReadOnlyList<TraceExit> (cpu) =>
                    [.. exits.Where(exit => exit.GetProperty("cpu").GetInt32() == cpu).Select(exit => Exit(exit, vcpus))])]);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or OverflowException or ArgumentException)
        {
            throw new InspectionException("what answers is no Nestor, or another version");
        }
    }

    private static async Task<JsonElement> AskAsync(GdbConnection nestor, string command)
    {
        using JsonDocument answer = JsonDocument.Parse(await nestor.RunAsync("json " + command).ConfigureAwait(false));
        return answer.RootElement.Clone();
    }

    private static TraceExit Exit(JsonElement exit, List<(string Guest, uint Index)> vcpus)
    {
        string level = Text(exit, "level");
        ulong illegal = exit.TryGetProperty("illegal", out _) ? TraceExit.IllegalReturn : 0;
        TraceExit found = new(
            Number(exit, "time") ?? 0,
            Number(exit, "pc") ?? 0,
            Number(exit, "esr") is { } esr ? esr | illegal : ulong.MaxValue,
            level == "EL0" ? 0 : El1,
            vcpus.IndexOf((Text(exit, "vm"), exit.GetProperty("vcpu").GetUInt32())) is var vcpu && vcpu >= 0 ? (uint)vcpu : throw new FormatException(),
            level == "EL2" ? Hypervisor : 0,
            Vector: Number(exit, "vector") ?? 0);
        return found with
        {
            Detail = found.DetailName is { } name ? Number(exit, name) ?? 0 : 0,
            Value = found.IsAnsweredAccess ? Number(exit, "value") : null,
        };
    }

    private static string Text(JsonElement from, string name) => from.GetProperty(name).GetString()!;

    private static ulong? Number(JsonElement from, string name) =>
        from.TryGetProperty(name, out JsonElement value) ? ulong.Parse(value.GetString()!.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) : null;
}
