// The last exits of each CPU, always recorded, cheap enough to leave on: thirteen instructions a trap for the record and the
// counter, one of them in the vector (`bench` counts them), and two more for what it was about, where there is such a thing. What
// a panic or a stopped guest shows of the past, and `trace` and `stats` in the monitor.
//
// A ring's memory is aligned so that going on from the last record to the first is clearing one bit of its address.

using System;
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
        ulong owner = vcpu->SelfAndContext;
        TraceRecord* record = (TraceRecord*)((ulong)(vcpu->NewestTrace + 1) & ~Size);
        vcpu->NewestTrace = record;
        record->VcpuAndContext = owner;
        record->Syndrome = syndrome;
        record->Pc = pc;
        record->Pstate = pstate;
        record->Time = time;
        record->Vector = 0;
        record->Detail = 0;
        record->Value = 0;
        ulong* exits = (ulong*)((byte*)vcpu + VirtualCpu.ExitsOffset);
        exits[(ulong)kind] = exits[(ulong)kind] + 1;
    }

    /// <summary>The handler knows what the exit was about: <see cref="TraceRecord.Detail"/>. Exits without that do not pay for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Note(VirtualCpu* vcpu, ulong detail) => vcpu->NewestTrace->Detail = detail;

    /// <summary>The same, of a device's register: its address and its value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Note(VirtualCpu* vcpu, ulong address, ulong value)
    {
        TraceRecord* record = vcpu->NewestTrace;
        record->Detail = address;
        record->Value = value;
    }

    /// <summary>The exit ends in a synchronous exception of the guest's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void NoteException(VirtualCpu* vcpu, ulong vector) => vcpu->NewestTrace->Vector = vector;

    /// <summary>
    /// The exit that is handled is none of the guest's: it stepped for somebody outside, or came to where that one waits for it. So
    /// it does not push out what was before, but for the oldest; the counter keeps it.
    /// </summary>
    public static void Forget(VirtualCpu* vcpu)
    {
        vcpu->NewestTrace->VcpuAndContext = 0;
        vcpu->NewestTrace = Before(vcpu->NewestTrace, 1);
    }

    /// <summary>
    /// A vCPU comes into a CPU and writes its ring from now on: the place in the ring goes along with it, where a trap finds it at once.
    /// </summary>
    public static void Load(VirtualCpu* vcpu) => vcpu->NewestTrace = vcpu->Cpu->NewestTrace;

    /// <summary>The opposite.</summary>
    public static void Unload(VirtualCpu* vcpu) => vcpu->Cpu->NewestTrace = vcpu->NewestTrace;

    /// <summary>
    /// The exception return that is handled was illegal. The vCPU keeps the last one: what a guest says about its end on a
    /// serial port is more exits than a ring has.
    /// </summary>
    public static void NoteIllegalReturn(VirtualCpu* vcpu, ulong spsr)
    {
        TraceRecord* record = vcpu->NewestTrace;
        record->Syndrome |= IllegalReturn;
        record->Detail = spsr;
        vcpu->IllegalReturnTime = record->Time;
        vcpu->IllegalReturnPc = record->Pc;
        vcpu->IllegalReturnSpsr = spsr;
    }

    /// <summary>What <see cref="TraceRecord.Detail"/> is; empty when it is nothing.</summary>
    public static ReadOnlySpan<byte> DetailName(TraceRecord* record)
    {
        if (IsAbort(record))
        {
            return "address"u8;
        }

        if (IsIllegalReturn(record))
        {
            return "spsr"u8;
        }

        return record->Vector != 0 ? default : Syndrome.Class(record->Syndrome) switch
        {
            ExceptionClass.SystemRegister => "value"u8,
            ExceptionClass.Hvc64 or ExceptionClass.Smc64 => "function"u8,
            ExceptionClass.Eret => "to"u8,
            _ => default,
        };
    }

    /// <summary>
    /// Whether it is an access to a device's register, which <see cref="TraceRecord.Value"/> was read from or written to. Below a
    /// guest hypervisor it may have been memory that had no place in the shadow stage 2 yet.
    /// </summary>
    public static bool HasValue(TraceRecord* record)
    {
        const ulong SyndromeValid = 1UL << 24;
        VirtualCpu* vcpu = Vcpu(record);
        return Syndrome.Class(record->Syndrome) == ExceptionClass.DataAbort && (record->Syndrome & SyndromeValid) != 0 && record->Vector == 0
            && vcpu != null && (ContextOf(record) != Context.El1 || !vcpu->Machine->HasVirtualEl2);
    }

    /// <summary>Whether it is an exception return that was illegal; <see cref="TraceRecord.Detail"/> is SPSR_EL2.</summary>
    public static bool IsIllegalReturn(TraceRecord* record) =>
        record->Syndrome != Interrupt && (record->Syndrome & IllegalReturn) != 0;

    /// <summary>Whether it is an abort; <see cref="TraceRecord.Detail"/> is its address.</summary>
    public static bool IsAbort(TraceRecord* record) =>
        Syndrome.Class(record->Syndrome) is ExceptionClass.InstructionAbort or ExceptionClass.DataAbort;

    /// <summary>A record of a CPU: 0 is the newest, up to <see cref="Count"/>. Null when there was none yet.</summary>
    public static TraceRecord* At(PerCpu* cpu, uint age)
    {
        VirtualCpu* loaded = cpu->Loaded;
        TraceRecord* record = Before(loaded != null ? loaded->NewestTrace : cpu->NewestTrace, age);
        return age < Count && record->VcpuAndContext != 0 ? record : null;
    }

    // So many records back in the same ring.
    private static TraceRecord* Before(TraceRecord* newest, uint age) =>
        (TraceRecord*)(((ulong)newest & ~(Size - 1)) + (((ulong)newest - (age * RecordSize)) & (Size - 1)));

    /// <summary>Whose exit it was. Null if it has been forgotten since it was found.</summary>
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
        if (vcpu == null)
        {
            return;                                     // forgotten meanwhile
        }

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
        Write(IsIllegalReturn(record) ? "illegal: SPSR_EL2"u8 : DetailName(record), record->Detail);
        Write(HasValue(record) ? "value"u8 : default, record->Value);
        Write(record->Vector != 0 ? "vector"u8 : default, record->Vector);
        Console.WriteLine();
    }

    private static void Write(ReadOnlySpan<byte> name, ulong value)
    {
        if (!name.IsEmpty)
        {
            Console.Write(", "u8);
            Console.Write(name);
            Console.Write((byte)' ');
            Console.WriteHex(value);
        }
    }
}
