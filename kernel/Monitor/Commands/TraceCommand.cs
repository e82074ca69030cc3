// `trace`: the last exits of guests, from the rings that are always on, and which of them are the most.

using System;
using System.Runtime.CompilerServices;

namespace Nestor.Kernel;

internal unsafe struct TraceCommand : IMonitorCommand
{
    private const int Most = 64;
    private const ulong UsualExits = 16;
    private const ulong UsualBins = 24;

    private static Histogram s_histogram;

    public static ReadOnlySpan<byte> Name => "trace"u8;

    public static ReadOnlySpan<byte> Arguments => "[histogram] [COUNT] [vcpu] [class EC]"u8;

    public static ReadOnlySpan<byte> Summary => "the last exits, newest last: all, the chosen vcpu's, of one class; histogram: which and from where"u8;

    public static void Run(Words* words)
    {
        bool isHistogram = false;
        VirtualCpu* only = null;
        ulong count = 0;
        ulong exceptionClass = ulong.MaxValue;
        for (int i = 1; i < words->Count; i++)
        {
            if (Words.Is(words, i, "histogram"u8))
            {
                isHistogram = true;
            }
            else if (Words.Is(words, i, "vcpu"u8))
            {
                only = Session.Vcpu;
            }
            else if (Words.Is(words, i, "class"u8))
            {
                i++;
                if (!Letters.TryNumber(Words.At(words, i), out exceptionClass) || exceptionClass >= TraceRing.Classes)
                {
                    Output.Error("a class is ESR_ELx.EC, 0 to 0x3f, not"u8, Words.At(words, i));
                    return;
                }
            }
            else if (!Letters.TryNumber(Words.At(words, i), out count))
            {
                Output.Error("trace does not know"u8, Words.At(words, i));
                return;
            }
            else if (count == 0)
            {
                Output.Error("a count is 1 or more, not"u8, Words.At(words, i));
                return;
            }
        }

        SymbolOutput.Prepare();
        if (isHistogram)
        {
            Count(only, exceptionClass);
            ShowHistogram(count != 0 ? count : UsualBins);
        }
        else
        {
            List(only, exceptionClass, count != 0 ? count : UsualExits);
            if (exceptionClass is ulong.MaxValue or (ulong)ExceptionClass.Eret)
            {
                IllegalReturns(only);
            }
        }
    }

    // The rings go on meanwhile: a record may be overwritten by a newer one as it is shown.
    private static void List(VirtualCpu* only, ulong exceptionClass, ulong count)
    {
        Output.List("exits"u8);
        for (uint i = 0; i < Cpus.Count; i++)
        {
            PerCpu* cpu = Cpus.At(i);
            uint oldest = 0;
            ulong left = count;
            for (uint age = 0; age < TraceRing.Count && left != 0; age++)
            {
                if (IsWanted(TraceRing.At(cpu, age), only, exceptionClass))
                {
                    oldest = age + 1;
                    left--;
                }
            }

            for (uint age = oldest; age-- > 0;)
            {
                TraceRecord* record = TraceRing.At(cpu, age);
                if (IsWanted(record, only, exceptionClass))
                {
                    Show(i, record);
                }
            }
        }
    }

    private static bool IsWanted(TraceRecord* record, VirtualCpu* only, ulong exceptionClass) =>
        record != null && TraceRing.Vcpu(record) != null && (only == null || TraceRing.Vcpu(record) == only)
        && (exceptionClass == ulong.MaxValue || (ulong)Syndrome.Class(record->Syndrome) == exceptionClass);

    private static void Show(uint cpu, TraceRecord* record)
    {
        VirtualCpu* vcpu = TraceRing.Vcpu(record);
        if (vcpu == null)
        {
            return;                                     // forgotten since it was found
        }

        Output.Row();
        Output.Number("cpu"u8, cpu);
        Output.HexCell("time"u8, record->Time, 12);
        Output.Cell("vm"u8, VirtualMachine.NameOf(vcpu->Machine));
        Output.NumberCell("vcpu"u8, vcpu->Index);
        Output.Cell("level"u8, TraceText.Level(record));
        Output.HexCell("pc"u8, record->Pc);
        SymbolOutput.Show(vcpu, record->Pc);
        Output.Cell("class"u8, TraceText.Class(record->Syndrome));
        if (record->Syndrome == TraceRing.Interrupt)
        {
            return;
        }

        Output.Hex("esr"u8, record->Syndrome & ~TraceRing.IllegalReturn, 8);
        if (!TraceText.Register(record->Syndrome).IsEmpty)
        {
            Output.Cell("register"u8, TraceText.Register(record->Syndrome));
            Output.Cell("access"u8, (record->Syndrome & 1) != 0 ? "read"u8 : "write"u8);
        }

        if (TraceRing.IsIllegalReturn(record))
        {
            Illegal(record->Detail);
        }
        else if (!TraceRing.DetailName(record).IsEmpty)
        {
            Output.Hex(TraceRing.DetailName(record), record->Detail, TraceRing.IsAbort(record) ? 12 : 1);
        }

        if (TraceRing.HasValue(record))
        {
            Output.Hex("value"u8, record->Value, 1);
        }

        if (record->Vector != 0)
        {
            Output.Hex("vector"u8, record->Vector, 1);
        }
    }

    private static void IllegalReturns(VirtualCpu* only)
    {
        Output.EndList();
        Output.List("illegalReturns"u8);
        for (uint i = 0; i < Machines.Count; i++)
        {
            VirtualMachine* machine = Machines.At(i);
            for (uint j = 0; j < machine->VcpuCount; j++)
            {
                VirtualCpu* vcpu = VirtualMachine.Vcpu(machine, j);
                if (vcpu->IllegalReturnTime != 0 && (only == null || only == vcpu))
                {
                    Output.Row();
                    Output.Cell("what"u8, "the last illegal ERET:"u8);
                    Output.HexCell("time"u8, vcpu->IllegalReturnTime, 12);
                    Output.Cell("vm"u8, VirtualMachine.NameOf(machine));
                    Output.NumberCell("vcpu"u8, vcpu->Index);
                    Output.HexCell("pc"u8, vcpu->IllegalReturnPc);
                    Illegal(vcpu->IllegalReturnSpsr);
                }
            }
        }
    }

    private static void Illegal(ulong spsr)
    {
        Output.Hex("spsr"u8, spsr, 8);
        Output.Text("illegal"u8, TraceText.Illegal(spsr));
    }

    private static Histogram* Bins => (Histogram*)Unsafe.AsPointer(ref s_histogram);

    // What is counted together: the class, of a register access its register and direction, and the place.
    private static void Count(VirtualCpu* only, ulong exceptionClass)
    {
        Histogram* bins = Bins;
        bins->Count = 0;
        bins->Total = 0;
        for (uint i = 0; i < Cpus.Count; i++)
        {
            for (uint age = 0; age < TraceRing.Count; age++)
            {
                TraceRecord* record = TraceRing.At(Cpus.At(i), age);
                if (IsWanted(record, only, exceptionClass))
                {
                    Add(bins, record, TraceRing.Vcpu(record));
                }
            }
        }
    }

    private static void Add(Histogram* bins, TraceRecord* record, VirtualCpu* vcpu)
    {
        const ulong ClassMask = 0x3fUL << 26;
        const ulong AccessMask = ClassMask | 0x3f_fc1f;  // ISS without Rt
        ulong syndrome = record->Syndrome & 0xffff_ffff;
        ulong key = Syndrome.Class(syndrome) == ExceptionClass.SystemRegister ? syndrome & AccessMask : syndrome & ClassMask;
        if (vcpu == null)
        {
            return;                                     // forgotten since it was found
        }

        bins->Total++;
        for (int i = 0; i < bins->Count; i++)
        {
            if (bins->Key[i] == key && bins->Pc[i] == record->Pc)
            {
                bins->Number[i]++;
                return;
            }
        }

        if (bins->Count < Most)
        {
            bins->Key[bins->Count] = key;
            bins->Pc[bins->Count] = record->Pc;
            bins->Vcpu[bins->Count] = (ulong)vcpu;
            bins->Number[bins->Count++] = 1;
        }
    }

    private static void ShowHistogram(ulong most)
    {
        Histogram* bins = Bins;
        ulong left = bins->Total;
        Output.Number("records"u8, left);
        Output.List("exits"u8);
        for (ulong shown = 0; shown < (ulong)bins->Count && shown < most; shown++)
        {
            int best = 0;
            for (int i = 1; i < bins->Count; i++)
            {
                best = bins->Number[i] > bins->Number[best] ? i : best;
            }

            Output.Row();
            Output.NumberCell("count"u8, bins->Number[best], 5);
            Output.HexCell("pc"u8, bins->Pc[best]);
            SymbolOutput.Show((VirtualCpu*)bins->Vcpu[best], bins->Pc[best]);
            Output.Cell("class"u8, TraceText.Class(bins->Key[best]));
            Output.Cell("register"u8, TraceText.Register(bins->Key[best]));
            left -= bins->Number[best];
            bins->Number[best] = 0;
        }

        Output.EndList();
        Output.Line();
        Output.Number("others"u8, left);
    }

    private struct Histogram
    {
        public int Count;
        public ulong Total;
        public fixed ulong Key[Most];
        public fixed ulong Pc[Most];
        public fixed ulong Vcpu[Most];
        public fixed ulong Number[Most];
    }
}
