// A trace as text: a line an exit, in the order of time.

using System.Globalization;
using System.Text;

namespace Nestor.Tools.Traces;

/// <summary>Writes lines.</summary>
public static class ExitList
{
    /// <summary>All exits, or the last ones.</summary>
    /// <param name="trace">The trace.</param>
    /// <param name="names">Names for what they are about.</param>
    /// <param name="last">Of each CPU only so many.</param>
    public static string Write(TraceFile trace, ExitNames names, int last = int.MaxValue)
    {
        StringBuilder text = new();
        text.Append("          us  cpu  vcpu                level  pc                class\n");
        TraceFile shown = trace with { Cpus = [.. trace.Cpus.Select(IReadOnlyList<TraceExit> (exits) => [.. exits.TakeLast(last)])] };
        ulong first = trace.InOrder.Select(one => one.Exit.Time).FirstOrDefault();
        foreach ((int cpu, TraceExit exit) in shown.InOrder)
        {
            TraceVcpu vcpu = trace.Vcpus[(int)exit.Vcpu];
            string owner = $"{trace.Guests[(int)vcpu.Guest].Name}/{vcpu.Index}";
            double time = (exit.Time - first) * 1e6 / trace.Frequency;
            text.Append(CultureInfo.InvariantCulture, $"{time,12:F3}  {cpu,3}  {owner,-18}  {ExitNames.Level(exit)}    {exit.Pc:x16}  {names.Class(exit)}");
            if (names.Register(exit) is { } register)
            {
                text.Append(CultureInfo.InvariantCulture, $": {register} {ExitNames.Direction(exit)} x{exit.Syndrome >> 5 & 31}");
            }
            else if (!exit.IsInterrupt)
            {
                text.Append(CultureInfo.InvariantCulture, $" (esr {exit.Esr:x8})");
            }

            if (exit.DetailName is { } detail)
            {
                text.Append(CultureInfo.InvariantCulture, $", {(exit.IsIllegalReturn ? "illegal: SPSR_EL2" : detail)} {exit.Detail:x}");
            }

            if (exit.Value is { } value)
            {
                text.Append(CultureInfo.InvariantCulture, $", value {value:x}");
            }

            if (exit.Vector != 0)
            {
                text.Append(CultureInfo.InvariantCulture, $", vector {exit.Vector:x}");
            }

            text.Append('\n');
        }

        return text.ToString();
    }
}
