// From the rings in a machine's memory (kernel/Trace/TraceRing.cs) to a trace. The machine may go on meanwhile, so what was the
// newest record need not be any more: the order is that of time. One that was being written may have the time of the one before it
// in its place, and comes first.

using System.Buffers.Binary;
using Nestor.Tools.Inspect;
using Nestor.Tools.Launch;

namespace Nestor.Tools.Traces;

/// <summary>Reads the rings.</summary>
public static class TraceReader
{
    // As TraceRing has it: the ring lies at a multiple of twice its size; the two low bits of the vCPU's address are the context.
    private const int Records = 128;
    private const ulong ContextMask = 3;
    private const string Record = "TraceRecord";

    /// <summary>Reads a machine that runs out/nestor.</summary>
    /// <exception cref="InspectionException">It does not, or has not begun.</exception>
    public static async Task<TraceFile> ReadAsync(QmpClient qmp) =>
        await ReadAsync(qmp, await NestorState.ReadAsync(qmp, KernelLayout.Read(NestorState.Elf)).ConfigureAwait(false)).ConfigureAwait(false);

    /// <summary>The same, when the state is known already.</summary>
    public static async Task<TraceFile> ReadAsync(QmpClient qmp, NestorState state)
    {
        MachineMemory memory = new(qmp);
        List<IReadOnlyList<TraceExit>> cpus = [];
        int recordSize = state.Layout.Size(Record);
        int size = Records * recordSize;
        foreach (HostCpu cpu in state.Cpus)
        {
            ulong ring = cpu.Data.U64("NewestTrace") & ~(ulong)(size - 1);
            cpus.Add(Exits(state, await memory.ReadAsync(ring, size).ConfigureAwait(false)));
        }

        return new TraceFile(
            state.Frequency,
            [.. state.Guests.Select(guest => new TraceGuest(guest.Name, guest.HasVirtualEl2))],
            [.. state.Vcpus.Select(vcpu => new TraceVcpu((uint)vcpu.Guest, (uint)vcpu.Index))],
            cpus);
    }

    private static List<TraceExit> Exits(NestorState state, byte[] ring)
    {
        Dictionary<ulong, uint> vcpus = state.Vcpus.Select((vcpu, number) => (vcpu.Data.Address, number)).ToDictionary(one => one.Address, one => (uint)one.number);
        List<TraceExit> exits = [];
        for (int i = 0; i < Records; i++)
        {
            ReadOnlySpan<byte> record = ring.AsSpan(i * (ring.Length / Records));
            ulong owner = Field(state, record, "VcpuAndContext");
            ulong time = Field(state, record, "Time");
            if (vcpus.TryGetValue(owner & ~ContextMask, out uint vcpu) && (owner & ContextMask) < ContextMask)
            {
                TraceExit exit = new(
                    time, Field(state, record, "Pc"), Field(state, record, "Syndrome"), Field(state, record, "Pstate"), vcpu, (uint)(owner & ContextMask),
                    Vector: Field(state, record, "Vector"));
                exits.Add(exit with
                {
                    Detail = exit.DetailName is null ? 0 : Field(state, record, "Detail"),
                    Value = exit.IsAnsweredAccess && IsOfDevice(state, exit) ? Field(state, record, "Value") : null,
                });
            }
        }

        return [.. exits.OrderBy(exit => exit.Time)];
    }

    // Below a guest hypervisor it may have been memory: TraceRing.HasValue.
    private static bool IsOfDevice(NestorState state, TraceExit exit) =>
        exit.Context != 0 || !state.Guests[state.Vcpus[(int)exit.Vcpu].Guest].HasVirtualEl2;

    private static ulong Field(NestorState state, ReadOnlySpan<byte> record, string field) =>
        BinaryPrimitives.ReadUInt64LittleEndian(record[state.Layout.Offset(Record, field)..]);
}
