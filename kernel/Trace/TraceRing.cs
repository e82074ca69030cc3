// The last exits of each CPU, always recorded: fixed records of four words in a ring, cheap enough to leave on. What a panic
// or a stopped guest shows of the past.

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>One exit of a guest.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct TraceRecord
{
    /// <summary>The vCPU's address: which guest it was.</summary>
    public ulong Vcpu;

    /// <summary>ESR_EL2; for a physical interrupt, <see cref="TraceRing.Interrupt"/>.</summary>
    public ulong Syndrome;

    /// <summary>The guest's PC.</summary>
    public ulong Pc;

    /// <summary>The guest's PSTATE as hardware had it, and its context in the upper half.</summary>
    public ulong State;
}

/// <summary>The ring of a CPU.</summary>
public static unsafe class TraceRing
{
    /// <summary>Records in a ring: a page of them.</summary>
    public const uint Count = 128;

    /// <summary>In place of a syndrome: a physical interrupt.</summary>
    public const ulong Interrupt = ulong.MaxValue;

    private const int ShownAtMost = 16;

    /// <summary>Makes a CPU's ring.</summary>
    public static bool Create(PerCpu* cpu)
    {
        cpu->Trace = (TraceRecord*)PageAllocator.Allocate((ulong)sizeof(TraceRecord) * Count);
        return cpu->Trace != null;
    }

    /// <summary>Notes an exit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(VirtualCpu* vcpu, ulong syndrome)
    {
        PerCpu* cpu = vcpu->Cpu;
        TraceRecord* record = cpu->Trace + (cpu->TraceCount++ % Count);
        record->Vcpu = (ulong)vcpu;
        record->Syndrome = syndrome;
        record->Pc = vcpu->Pc;
        record->State = vcpu->Pstate | ((ulong)vcpu->Context << 32);
    }

    /// <summary>Prints the last exits of a CPU, the newest last.</summary>
    public static void Write(PerCpu* cpu)
    {
        if (cpu == null || cpu->Trace == null)
        {
            return;
        }

        uint shown = cpu->TraceCount < ShownAtMost ? cpu->TraceCount : ShownAtMost;
        Console.Write("  last exits of "u8);
        Console.WriteDecimal(cpu->TraceCount);
        Console.WriteLine(":"u8);
        for (uint i = cpu->TraceCount - shown; i != cpu->TraceCount; i++)
        {
            Write(cpu->Trace + (i % Count));
        }
    }

    private static void Write(TraceRecord* record)
    {
        VirtualCpu* vcpu = (VirtualCpu*)record->Vcpu;
        Console.Write("    "u8);
        Console.Write(VirtualMachine.NameOf(vcpu->Machine));
        Console.Write((byte)'/');
        Console.WriteDecimal(vcpu->Index);
        Console.Write((Context)(record->State >> 32) == Context.El1 ? " EL1/0 at "u8 : " EL2 at "u8);
        Console.WriteHex(record->Pc, 16);
        Console.Write((byte)' ');
        if (record->Syndrome == Interrupt)
        {
            Console.WriteLine("interrupt"u8);
            return;
        }

        Console.WriteHex(record->Syndrome, 8);
        Console.Write((byte)' ');
        Console.WriteLine(ExceptionClassName.Of(record->Syndrome));
    }
}
