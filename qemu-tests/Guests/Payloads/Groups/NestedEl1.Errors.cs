// The SError that EL2 gives to EL1, and what of PSTATE an exception to EL2 leaves alone.

using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe partial class NestedEl1
{
    private const ulong VirtualError = 1UL << 8;        // HCR_EL2.VSE
    private const ulong ErrorMask = 1UL << 8;           // PSTATE.A

    private static void Errors()
    {
        const ulong Syndrome = 0x12_3456;
        const ulong HandedOver = 0x107;                 // SError at EL1h
        SystemRegisters.VSESR_EL2 = Syndrome;
        El2.Change(Hcr.AMO | VirtualError);
        Code.Begin();
        Code.Nop();
        Code.Finish();
        Excursion* end = Excursion.Run(Pstate.El1h);
        end->Check(end->Finished, El2.Prefix, "a virtual SError waits while EL1 masks it"u8, default);
        Tap.Check((SystemRegisters.HCR_EL2 & VirtualError) != 0, El2.Prefix, "and HCR_EL2.VSE stays"u8, default);

        end = Excursion.Run(Pstate.El1h & ~ErrorMask);
        end->Check(end->EndedBy(Vector.Lower, ExceptionClass.Hvc, HandedOver), El2.Prefix, "EL1 takes it when it does not"u8, default);
        Tap.Check(El1.Read(Encoding.ESR_EL1) == ((0x2fUL << 26) | (1UL << 25) | Syndrome), El2.Prefix, "its syndrome is VSESR_EL2's"u8, default);
        Tap.Check((SystemRegisters.HCR_EL2 & VirtualError) == 0, El2.Prefix, "taking it clears HCR_EL2.VSE"u8, default);
        El2.Change(0, Hcr.AMO | VirtualError);
        SystemRegisters.VSESR_EL2 = 0;
        Privileged();
    }

    // PSTATE.PAN: SCTLR_EL2.SPAN is about exceptions from the host's own EL0, under TGE.
    private static void Privileged()
    {
        const ulong Span = 1UL << 23;
        ulong control = SystemRegisters.SCTLR_EL2;
        SystemRegisters.SCTLR_EL2 = control & ~Span;
        SystemRegisters.PAN = 0;
        Instructions.Isb();
        Code.Begin();
        Code.Finish();
        Excursion.Run(Pstate.El1h);
        ulong after = SystemRegisters.PAN;
        SystemRegisters.SCTLR_EL2 = control;
        Instructions.Isb();
        Tap.Check(after == 0, El2.Prefix, "an exception from EL1 leaves PSTATE.PAN alone"u8, default);
    }
}
