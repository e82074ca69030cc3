// What EL2 gives a guest beside memory and list registers: exceptions that it makes up (HCR_EL2.VI, VF, VSE), the machine's
// own interrupts when it lets them through, another time, and an end of waiting.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class SecondLevel
{
    private const ulong MadeIrq = 1UL << 7;             // HCR_EL2.VI
    private const ulong MadeFiq = 1UL << 6;             // HCR_EL2.VF
    private const ulong MadeError = 1UL << 8;           // HCR_EL2.VSE
    private const ulong Open = Pstate.El1h & ~Pstate.Daif;
    private const uint Sgi = 7;
    private const uint CNTPCTSS_EL0 = 0xdf05;
    private const uint CNTVCTSS_EL0 = 0xdf06;

    // Where EL1's vectors tell EL2 that they have come to.
    private const ulong ByIrq = 0x105;
    private const ulong ByFiq = 0x106;
    private const ulong ByError = 0x107;

    public static void Run() => El2.InBothFormats(&Checks);

    private static void Checks()
    {
        Gic.Open();
        El2.Change(Hcr.IMO | Hcr.FMO | Hcr.AMO);
        MadeUp();
        Errors();
        LetThrough();
        OtherTime();
        Waits();
        El2.Reset();
    }

    private static void Check(bool condition, ReadOnlySpan<byte> what) => Excursion.Here->Check(condition, El2.Prefix, what, default);

    private static bool Arrives(Excursion* end, ulong where) => end->EndedBy(Vector.Lower, ExceptionClass.Hvc, where);

    private static void MadeUp()
    {
        El2.Change(MadeIrq);
        Check(Arrives(VirtualInterface.Pause(Open), ByIrq), "HCR_EL2.VI is an IRQ of EL1"u8);
        Check(VirtualInterface.Pause(Pstate.El1h)->Finished && Excursion.Here->X[0] == 1 << 7, "masked it waits, and ISR_EL1 shows it"u8);
        El2.Change(0, Hcr.IMO);
        Check(VirtualInterface.Pause(Open)->Finished, "without HCR_EL2.IMO it is none"u8);
        El2.Change(MadeFiq | Hcr.IMO, MadeIrq);
        Check(Arrives(VirtualInterface.Pause(Open), ByFiq), "HCR_EL2.VF is an FIQ of EL1"u8);
        Check(VirtualInterface.Pause(Pstate.El1h)->X[0] == 1 << 6, "masked it waits, and ISR_EL1 shows it, too"u8);
        El2.Change(0, MadeFiq);
        Check(VirtualInterface.Pause(Open)->Finished, "and it is gone with the bit"u8);
    }

    private static void Errors()
    {
        const ulong Syndrome = 0x123_4567;
        SystemRegisters.VSESR_EL2 = Syndrome;
        El2.Change(MadeError);
        Check(VirtualInterface.Pause(Pstate.El1h)->Finished && Excursion.Here->X[0] == 1 << 8 && IsMade, "HCR_EL2.VSE: masked it waits, and ISR_EL1 shows it"u8);
        Check(Arrives(VirtualInterface.Pause(Open), ByError), "HCR_EL2.VSE is an SError of EL1"u8);
        ulong esr = El1.Read(Encoding.ESR_EL1);
        Tap.Check(esr == ((0x2fUL << 26) | (1UL << 25) | Syndrome), El2.Prefix, "whose syndrome is VSESR_EL2"u8, default);
        Tap.Check(!IsMade, El2.Prefix, "taken, it is gone from HCR_EL2"u8, default);
        Check(VirtualInterface.Pause(Open)->Finished, "and does not come again"u8);

        SystemRegisters.VDISR_EL2 = 0;
        El2.Change(MadeError);
        Code.Begin();
        Code.Emit(0xd503221f);                          // esb
        Code.Mrs(0, Encoding.DISR_EL1);
        Code.Finish();
        Excursion* end = Excursion.Run(Pstate.El1h);
        ulong deferred = (1UL << 31) | Syndrome;
        Check(end->Finished && end->X[0] == deferred, "ESB puts it off: DISR_EL1 of EL1 has it"u8);
        Tap.Check(!IsMade && SystemRegisters.VDISR_EL2 == deferred, El2.Prefix, "which is VDISR_EL2"u8, default);
        SystemRegisters.VDISR_EL2 = 0x8000_0000 | 0x55;
        Code.Begin();
        Code.Mrs(0, Encoding.DISR_EL1);
        Code.Msr(Encoding.DISR_EL1, 31);
        Code.Finish();
        Check(Excursion.Run(Pstate.El1h)->X[0] == (0x8000_0000 | 0x55), "what EL2 writes there EL1 reads"u8);
        Tap.Check(SystemRegisters.VDISR_EL2 == 0, El2.Prefix, "and what EL1 writes EL2"u8, default);
        SystemRegister.Write(Encoding.DISR_EL1, 0x8000_0000 | 0x66);
        Check(Excursion.Run(Pstate.El1h)->Finished && SystemRegister.Read(Encoding.DISR_EL1) == (0x8000_0000 | 0x66), "EL2's own is another"u8);
        SystemRegister.Write(Encoding.DISR_EL1, 0);
        SystemRegisters.VDISR_EL2 = 0;
    }

    private static bool IsMade => (SystemRegisters.HCR_EL2 & MadeError) != 0;

    /// <summary>With HCR_EL2.IMO=0 the machine's interrupts are EL1's.</summary>
    private static void LetThrough()
    {
        El2.Change(0, Hcr.IMO | Hcr.FMO);
        Gic.SendToSelf(Sgi);
        Check(Arrives(VirtualInterface.Pause(Open), ByIrq), "HCR_EL2.IMO=0: the machine's interrupt is EL1's"u8);
        Check(VirtualInterface.Pause(Pstate.El1h)->Finished && Excursion.Here->X[0] == 1 << 7, "HCR_EL2.IMO=0: masked it waits"u8);
        Code.Begin();
        VirtualInterface.EmitAcknowledge(0);
        Code.Mrs(1, Encoding.ICC_RPR_EL1);
        VirtualInterface.EmitEnd(0);
        VirtualInterface.EmitAcknowledge(2);
        Code.Finish();
        Excursion* end = Excursion.Run(Pstate.El1h);
        Check(end->X[0] == Sgi && end->X[1] == 0xa0 && end->X[2] == Gic.None, "HCR_EL2.IMO=0: EL1 acknowledges and ends it"u8);
        El2.Change(Hcr.IMO | Hcr.FMO);
        Tap.Check(Gic.IsQuiet, El2.Prefix, "HCR_EL2.IMO=0: and EL2 has nothing of it"u8, default);
    }

    /// <summary>EL1's counters by all their names. QEMU 10.0 without EL3 never counts CNTPOFF_EL2.</summary>
    private static void OtherTime()
    {
        const ulong Shift = 1UL << 28;
        ulong open = El2.IsE2h ? 0xc03UL : 3;
        SystemRegisters.CNTVOFF_EL2 = 2 * Shift;
        SystemRegisters.CNTPOFF_EL2 = Shift;
        SystemRegisters.CNTHCTL_EL2 = open;
        Instructions.Isb();
        Check(IsBehind(0, 2 * Shift), "EL1's virtual count is CNTVOFF_EL2 behind, its physical one with CNTHCTL_EL2.ECV=0 not at all"u8);
        SystemRegisters.CNTVOFF_EL2 = 0;
        SystemRegisters.CNTPOFF_EL2 = 0;
        SystemRegisters.CNTHCTL_EL2 = open;
        Instructions.Isb();
    }

    // All four names of EL1's two counters, read between two looks by EL2.
    private static bool IsBehind(ulong physical, ulong virtual_)
    {
        Code.Begin();
        Code.Mrs(0, Encoding.CNTPCT_EL0);
        Code.Mrs(1, CNTPCTSS_EL0);
        Code.Mrs(2, Encoding.CNTVCT_EL0);
        Code.Mrs(3, CNTVCTSS_EL0);
        Code.Finish();
        ulong before = SystemRegisters.CNTPCT_EL0;
        Excursion* end = Excursion.Run(Pstate.El1h);
        ulong after = SystemRegisters.CNTPCT_EL0;
        return end->Finished && Lies(end->X[0] + physical, before, after) && Lies(end->X[1] + physical, before, after)
            && Lies(end->X[2] + virtual_, before, after) && Lies(end->X[3] + virtual_, before, after);
    }

    private static bool Lies(ulong value, ulong first, ulong last) => value >= first && value <= last;

    private static void Waits()
    {
        VirtualInterface.Open();
        VirtualInterface.Write(0, VirtualInterface.Interrupt(VirtualInterface.Pending, 40));
        Code.Begin();
        Code.Wfi();
        VirtualInterface.EmitAcknowledge(0);
        Code.Finish();
        Check(Excursion.Run(Pstate.El1h)->X[0] == 40, "WFI at EL1 ends with its own interrupt, although masked"u8);
        VirtualInterface.Close();
        El2.Change(MadeIrq);
        Code.Begin();
        Code.Wfi();
        Code.Finish();
        Check(Excursion.Run(Pstate.El1h)->Finished, "WFI at EL1 ends with HCR_EL2.VI"u8);
        El2.Change(0, MadeIrq);
        Code.Begin();
        Code.Emit(0xd5031021);                          // wfit x1
        Code.Finish();
        Check(Excursion.Run(Pstate.El1h)->Finished, "WFIT at EL1 ends at its time"u8);
    }
}
