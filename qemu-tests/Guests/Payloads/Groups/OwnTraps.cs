// CPTR_EL2 keeps EL2 itself from the registers of the vector units, too, with the exception class of what is closed. With E2H=1
// its fields are open when their low bit is set; with E2H=0 it has a bit for each trap. EL1's CPACR_EL1 comes before it.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class OwnTraps
{
    private const ulong FpIss = 0x1e0_0000;             // CV, and a condition of always
    private const ulong Sve = 0x19;
    private const ulong Sme = 0x1d;
    private const ulong None = 0xff;
    private const ulong Values = 4;                     // of a field of two bits

    private static ReadOnlySpan<byte> ByFp => " is trapped by floating point alone"u8;

    private static ReadOnlySpan<byte> BySve => " is trapped by SVE, then by floating point"u8;

    private static ReadOnlySpan<byte> BySme => " is trapped by SME alone"u8;

    /// <summary>The registers whose accesses come to virtual EL2's hypervisor with every setting.</summary>
    public static void Run() => El2.InBothFormats(&Checks);

    /// <summary>Those that memory redirection keeps in memory, where nothing traps.</summary>
    public static void RunRedirected() => El2.InBothFormats(&Redirected);

    private static void Checks()
    {
        Own("ZCR_EL2"u8, Encoding.ZCR_EL2, Sve, BySve);
        Own("SMCR_EL2"u8, Encoding.SMCR_EL2, Sme, BySme);
        Own("FPEXC32_EL2"u8, Encoding.FPEXC32_EL2, ExceptionClass.FpAccess, ByFp);
        Own("TPIDR_EL2"u8, Encoding.TPIDR_EL2, None, " is not trapped"u8);
        if (El2.IsE2h)
        {
            Own("ZCR_EL1"u8, Encoding.ZCR_EL1, Sve, BySve);
            Own("SMCR_EL1"u8, Encoding.SMCR_EL1, Sme, BySme);
        }

        OfEl1("ZCR_EL1"u8, Encoding.ZCR_EL1, Sve);
        OfEl1("SMCR_EL1"u8, Encoding.SMCR_EL1, Sme);
        El2.Reset();
    }

    private static void Redirected()
    {
        if (El2.IsE2h)
        {
            Own("ZCR_EL12"u8, Encoding.ZCR_EL12, Sve, BySve);
            Own("SMCR_EL12"u8, Encoding.SMCR_EL12, Sme, BySme);
        }
        else
        {
            Own("ZCR_EL1"u8, Encoding.ZCR_EL1, Sve, BySve);
            Own("SMCR_EL1"u8, Encoding.SMCR_EL1, Sme, BySme);
        }
    }

    // Every combination of the three controls, a read and a write in each.
    private static void Own(ReadOnlySpan<byte> name, uint register, ulong kind, ReadOnlySpan<byte> what)
    {
        bool good = true;
        for (ulong sve = 0; sve < Values; sve++)
        {
            for (ulong fp = 0; fp < Values; fp++)
            {
                for (ulong sme = 0; sme < Values; sme++)
                {
                    SetControl(sve, fp, sme);
                    ulong wanted = Wanted(kind, IsOpen(sve), IsOpen(fp), IsOpen(sme));
                    good &= Moves(register, isWrite: false, wanted) && Moves(register, isWrite: true, wanted);
                    if (!good)
                    {
                        Excursion.Here->Check(false, El2.Prefix, name, what);
                        Tap.Value("control"u8, SystemRegisters.CPTR_EL2);
                        El2.Reset();
                        return;
                    }
                }
            }
        }

        El2.Reset();
        Tap.Check(true, El2.Prefix, name, what);
    }

    private static bool Moves(uint register, bool isWrite, ulong wanted)
    {
        Code.Begin();
        Code.Nop();
        if (isWrite)
        {
            Code.Msr(register, 0);
        }
        else
        {
            Code.Mrs(0, register);
        }

        Code.Finish();
        ulong before = Excursion.Here->X[0];
        Excursion* end = Excursion.Prepare(Cpu.Level);
        end->X[0] = isWrite ? before : 0;
        Excursion.Run();
        return wanted == None ? end->Finished : end->EndedBy(Vector.Current, wanted, wanted == ExceptionClass.FpAccess ? FpIss : 0) && end->Offset == 4;
    }

    // Both controls, each wholly open or closed in every way that there is.
    private static void OfEl1(ReadOnlySpan<byte> name, uint register, ulong kind)
    {
        const ulong OwnSynchronous = 0x104;             // what EL1's vectors call EL2 with: from EL1h
        bool good = true;
        for (ulong own = 0; own < Values; own++)
        {
            for (ulong control = 0; control < Values; control++)
            {
                El1.Write(Encoding.CPACR_EL1, (own << 16) | (own << 20) | (own << 24));
                SetControl(control, control, control);
                Code.Begin();
                Code.Nop();
                Code.Mrs(0, register);
                Code.Finish();
                Excursion* end = Excursion.Run(Pstate.El1h);
                if ((own & 1) == 0)
                {
                    good &= end->EndedBy(Vector.Lower, ExceptionClass.Hvc, OwnSynchronous) && El1.Read(Encoding.ESR_EL1) >> 26 == kind;
                }
                else
                {
                    good &= IsOpen(control) ? end->Finished : end->EndedBy(Vector.Lower, kind, 0) && end->Offset == 4;
                }
            }
        }

        El2.Reset();
        El1.Reset();
        Excursion.Here->Check(good, El2.Prefix, name, " of EL1 is trapped by CPACR_EL1, then by CPTR_EL2"u8);
    }

    private static bool IsOpen(ulong value) => (value & 1) != 0;

    private static void SetControl(ulong sve, ulong fp, ulong sme)
    {
        SystemRegisters.CPTR_EL2 = El2.IsE2h
            ? (sve << 16) | (fp << 20) | (sme << 24)
            : 0x22ff | (IsOpen(sve) ? 0 : 1UL << 8) | (IsOpen(fp) ? 0 : 1UL << 10) | (IsOpen(sme) ? 0 : 1UL << 12);
        Instructions.Isb();
    }

    private static ulong Wanted(ulong kind, bool sve, bool fp, bool sme) => kind switch
    {
        Sve when !sve => Sve,
        Sve or ExceptionClass.FpAccess => fp ? None : ExceptionClass.FpAccess,
        Sme when !sme => Sme,
        _ => None,
    };
}
