// The last exits of each CPU, always recorded, cheap enough to leave on: eleven instructions a trap for the record, one of them
// in the vector, and six for the counter. What a panic or a stopped guest shows of the past, and `trace` and `stats` in the monitor.
//
// A ring's memory is aligned so that going on from the last record to the first is clearing one bit of its address.

using System.Runtime.CompilerServices;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>The ring of a CPU.</summary>
public static unsafe class TraceRing
{
    /// <summary>Records in a ring.</summary>
    public const uint Count = 128;

    /// <summary>In place of a syndrome: a physical interrupt. Its class is the last, which no exception has.</summary>
    public const ulong Interrupt = ulong.MaxValue;

    /// <summary>Classes of exceptions, ESR_ELx.EC, and the last for interrupts.</summary>
    public const int Classes = 64;

    private const ulong RecordSize = 64;
    private const ulong Size = Count * RecordSize;
    private const ulong ContextMask = 3;
    private const int ShownAtMost = 16;

    /// <summary>Makes a CPU's ring.</summary>
    public static bool Create(PerCpu* cpu)
    {
        cpu->NextTrace = (TraceRecord*)PageAllocator.AllocateAligned(Size, 2 * Size);
        return cpu->NextTrace != null;
    }

    /// <summary>Notes an exit, and counts it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(VirtualCpu* vcpu, ulong syndrome, ulong pc, ulong pstate, ulong time)
    {
        PerCpu* cpu = vcpu->Cpu;
        TraceRecord* record = cpu->NextTrace;
        record->VcpuAndContext = (ulong)vcpu + (uint)vcpu->Context;
        record->Syndrome = syndrome;
        record->Pc = pc;
        record->Pstate = pstate;
        record->Time = time;
        cpu->NextTrace = (TraceRecord*)((ulong)(record + 1) & ~Size);
        ulong* exits = (ulong*)((byte*)vcpu + VirtualCpu.ExitsOffset);
        nuint exceptionClass = (uint)syndrome >> 26;
        exits[exceptionClass] = exits[exceptionClass] + 1;
    }

    /// <summary>A record of a CPU: 0 is the newest, up to <see cref="Count"/>. Null when there was none yet.</summary>
    public static TraceRecord* At(PerCpu* cpu, uint age)
    {
        ulong next = (ulong)cpu->NextTrace;
        TraceRecord* record = (TraceRecord*)((next & ~(Size - 1)) + ((next - ((age + 1) * RecordSize)) & (Size - 1)));
        return age < Count && record->VcpuAndContext != 0 ? record : null;
    }

    /// <summary>Whose exit it was.</summary>
    public static VirtualCpu* Vcpu(TraceRecord* record) => (VirtualCpu*)(record->VcpuAndContext & ~ContextMask);

    /// <summary>In which context.</summary>
    public static Context ContextOf(TraceRecord* record) => (Context)(record->VcpuAndContext & ContextMask);

    /// <summary>Prints the last exits of a CPU, the newest last.</summary>
    public static void Write(PerCpu* cpu)
    {
        if (cpu == null || cpu->NextTrace == null)
        {
            return;
        }

        Console.WriteLine("  last exits:"u8);
        for (uint age = ShownAtMost; age-- > 0;)
        {
            TraceRecord* record = At(cpu, age);
            if (record != null)
            {
                Write(record);
            }
        }
    }

    private static void Write(TraceRecord* record)
    {
        VirtualCpu* vcpu = Vcpu(record);
        Console.Write("    "u8);
        Console.Write(VirtualMachine.NameOf(vcpu->Machine));
        Console.Write((byte)'/');
        Console.WriteDecimal(vcpu->Index);
        Console.Write(ContextOf(record) == Context.El1 ? " EL1/0 at "u8 : " EL2 at "u8);
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
