// A trace in the JSON that Perfetto and chrome://tracing read: a process a guest, a track a vCPU and level. Between two exits
// on a CPU ran whoever makes the second; what Nestor itself took for the first counts to it, and so does the time that a CPU
// idled after a WFI, which the slice's name says.

using System.Text.Json.Nodes;

namespace Nestor.Tools.Traces;

/// <summary>Writes the format.</summary>
public static class PerfettoTrace
{
    private const uint Levels = 2;
    private const uint WaitClass = 1;

    /// <summary>The trace as JSON.</summary>
    public static string Write(TraceFile trace, ExitNames names)
    {
        JsonArray events = [];
        foreach ((TraceGuest guest, int number) in trace.Guests.Select((guest, number) => (guest, number)))
        {
            events.Add(Name("process_name", number + 1, 0, guest.Name));
        }

        foreach ((TraceVcpu vcpu, int number) in trace.Vcpus.Select((vcpu, number) => (vcpu, number)))
        {
            bool isHypervisor = trace.Guests[(int)vcpu.Guest].HasVirtualEl2;
            for (uint context = 0; context < (isHypervisor ? Levels : 1); context++)
            {
                events.Add(Name("thread_name", (int)vcpu.Guest + 1, Track((uint)number, context), $"vCPU {vcpu.Index}, {LevelName(isHypervisor, context)}"));
            }
        }

        ulong first = trace.InOrder.Select(one => one.Exit.Time).FirstOrDefault();
        foreach ((IReadOnlyList<TraceExit> exits, int cpu) in trace.Cpus.Select((exits, cpu) => (exits, cpu)))
        {
            for (int i = 0; i < exits.Count; i++)
            {
                if (i > 0)
                {
                    events.Add(Slice(exits[i - 1], exits[i], cpu));
                }

                events.Add(Instant(exits[i], cpu));
            }
        }

        return new JsonObject { ["displayTimeUnit"] = "ns", ["traceEvents"] = events }.ToJsonString();

        double Microseconds(ulong time) => (time - first) * 1e6 / trace.Frequency;

        JsonObject Event(string phase, string name, TraceExit exit, ulong time, JsonObject arguments) => new()
        {
            ["ph"] = phase,
            ["name"] = name,
            ["pid"] = trace.Vcpus[(int)exit.Vcpu].Guest + 1,
            ["tid"] = Track(exit.Vcpu, exit.Context),
            ["ts"] = Microseconds(time),
            ["args"] = arguments,
        };

        JsonObject Slice(TraceExit before, TraceExit exit, int cpu)
        {
            bool isHypervisor = trace.Guests[(int)trace.Vcpus[(int)exit.Vcpu].Guest].HasVirtualEl2;
            bool waited = before.Syndrome >> 26 == WaitClass;
            JsonObject slice = Event("X", (waited ? "after WFI: " : "") + LevelName(isHypervisor, exit.Context), exit, before.Time, new() { ["cpu"] = cpu });
            slice["dur"] = Microseconds(exit.Time) - Microseconds(before.Time);
            return slice;
        }

        JsonObject Instant(TraceExit exit, int cpu)
        {
            JsonObject arguments = new() { ["cpu"] = cpu, ["level"] = ExitNames.Level(exit), ["class"] = names.Class(exit), ["pc"] = $"0x{exit.Pc:x}" };
            if (!exit.IsInterrupt)
            {
                arguments["esr"] = $"0x{exit.Esr:x}";
            }

            if (exit.DetailName is { } detail)
            {
                arguments[detail] = $"0x{exit.Detail:x}";
            }

            if (exit.Value is { } value)
            {
                arguments["value"] = $"0x{value:x}";
            }

            if (exit.Vector != 0)
            {
                arguments["vector"] = $"0x{exit.Vector:x}";
            }

            if (names.Register(exit) is { } register)
            {
                arguments["register"] = register;
            }

            JsonObject instant = Event("i", names.Key(exit), exit, exit.Time, arguments);
            instant["s"] = "t";
            return instant;
        }
    }

    private static uint Track(uint vcpu, uint context) => (vcpu * Levels) + (context == 0 ? 0u : 1) + 1;

    private static string LevelName(bool isHypervisor, uint context) =>
        context != 0 ? "virtual EL2" : isHypervisor ? "EL1 and EL0 below virtual EL2" : "EL1 and EL0";

    private static JsonObject Name(string kind, int process, uint track, string name) => new()
    {
        ["ph"] = "M",
        ["name"] = kind,
        ["pid"] = process,
        ["tid"] = track,
        ["args"] = new JsonObject { ["name"] = name },
    };
}
