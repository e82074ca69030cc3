// The last exits of each CPU, always recorded, cheap enough to leave on: fifteen instructions a trap for the record and the
// counter, one of them in the vector (`bench` counts them). What a panic or a stopped guest shows of the past, and `trace` and `stats` in the monitor.
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

    /// <summary>In a syndrome, where ESR_EL2 has a zero: an exception return that was illegal.</summary>
    public const ulong IllegalReturn = 1UL << 63;

    private const ulong RecordSize = 64;
    private const ulong Size = Count * RecordSize;
    private const ulong ContextMask = 3;
    private const int ShownAtMost = 16;

    /// <summary>Makes a CPU's ring.</summary>
    public static bool Create(PerCpu* cpu)
    {
        TraceRecord* first = (TraceRecord*)PageAllocator.AllocateAligned(Size, 2 * Size);
        cpu->NewestTrace = first == null ? null : first + (Count - 1);
        return first != null;
    }

    /// <summary>Notes an exit, and counts it.</summary>
    /// <param name="vcpu">Whose.</param>
    /// <param name="syndrome">ESR_EL2, or <see cref="Interrupt"/>.</param>
    /// <param name="kind">Its class, which the caller needs as well.</param>
    /// <param name="pc">ELR_EL2.</param>
    /// <param name="pstate">SPSR_EL2.</param>
    /// <param name="time">CNTPCT_EL0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(VirtualCpu* vcpu, ulong syndrome, ExceptionClass kind, ulong pc, ulong pstate, ulong time)
    {
        PerCpu* cpu = vcpu->Cpu;
        TraceRecord* record = (TraceRecord*)((ulong)(cpu->NewestTrace + 1) & ~Size);
        cpu->NewestTrace = record;
        record->VcpuAndContext = (ulong)vcpu + (uint)vcpu->Context;
        record->Syndrome = syndrome;
        record->Pc = pc;
        record->Pstate = pstate;
        record->Time = time;
        ulong* exits = (ulong*)((byte*)vcpu + VirtualCpu.ExitsOffset);
        exits[(ulong)kind] = exits[(ulong)kind] + 1;
    }

    /// <summary>The handler of an abort knows the address. Nobody else writes it, so that other exits do not pay for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void NoteAddress(VirtualCpu* vcpu, ulong address) => vcpu->Cpu->NewestTrace->Detail = address;

    /// <summary>
    /// The exception return that is handled was illegal. The vCPU keeps the last one: what a guest says about its end on a
    /// serial port is more exits than a ring has.
    /// </summary>
    public static void NoteIllegalReturn(VirtualCpu* vcpu, ulong spsr)
    {
        TraceRecord* record = vcpu->Cpu->NewestTrace;
        record->Syndrome |= IllegalReturn;
        record->Detail = spsr;
        vcpu->IllegalReturnTime = record->Time;
        vcpu->IllegalReturnPc = record->Pc;
        vcpu->IllegalReturnSpsr = spsr;
    }

    /// <summary>Whether it is an exception return that was illegal; <see cref="TraceRecord.Detail"/> is SPSR_EL2.</summary>
    public static bool IsIllegalReturn(TraceRecord* record) =>
        record->Syndrome != Interrupt && (record->Syndrome & IllegalReturn) != 0;

    /// <summary>Whether it is an abort; <see cref="TraceRecord.Detail"/> is its address.</summary>
    public static bool IsAbort(TraceRecord* record) =>
        (ExceptionClass)(record->Syndrome >> 26 & 0x3f) is ExceptionClass.InstructionAbort or ExceptionClass.DataAbort;

    /// <summary>A record of a CPU: 0 is the newest, up to <see cref="Count"/>. Null when there was none yet.</summary>
    public static TraceRecord* At(PerCpu* cpu, uint age)
    {
        ulong newest = (ulong)cpu->NewestTrace;
        TraceRecord* record = (TraceRecord*)((newest & ~(Size - 1)) + ((newest - (age * RecordSize)) & (Size - 1)));
        return age < Count && record->VcpuAndContext != 0 ? record : null;
    }

    /// <summary>Whose exit it was.</summary>
    public static VirtualCpu* Vcpu(TraceRecord* record) => (VirtualCpu*)(record->VcpuAndContext & ~ContextMask);

    /// <summary>In which context.</summary>
    public static Context ContextOf(TraceRecord* record) => (Context)(record->VcpuAndContext & ContextMask);

    /// <summary>Prints the last exits of a CPU, the newest last.</summary>
    public static void Write(PerCpu* cpu)
    {
        if (cpu == null || cpu->NewestTrace == null)
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

        Console.WriteHex(record->Syndrome & ~IllegalReturn, 8);
        Console.Write((byte)' ');
        Console.Write(ExceptionClassName.Of(record->Syndrome));
        if (IsIllegalReturn(record) || IsAbort(record))
        {
            Console.Write(IsAbort(record) ? ", address "u8 : ", illegal: SPSR_EL2 "u8);
            Console.WriteHex(record->Detail);
        }

        Console.WriteLine();
    }
}
