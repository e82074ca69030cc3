// WFI and WFE: what ends the wait, and that an interrupt that is masked ends it, too. A wait may end early for no reason
// that the program can see, so it is always in a loop.

using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class Waiting
{
    private const uint Timer = 26;
    private const ulong Soon = 20_000_000;

    public static void Run()
    {
        Cpu.ResetHcr(false);
        El1.Reset();
        Cpu.SetHcr(SystemRegisters.HCR_EL2 | Hcr.IMO);
        Gic.Open();
        GicCpuInterface.Enable(Gic.Own, Timer);

        Code.Begin();
        Code.Wfi();
        Code.Mrs(0, Encoding.CNTHP_CTL_EL2);
        Code.Emit(0x3617ffc0);          // tbz x0, #2, .-8
        Code.Finish();
        Excursion* end = Wait(Pstate.El2h);
        end->Check(end->Finished, "WFI at EL2 with interrupts masked goes on at the timer"u8, default, default);
        Tap.Check(Take(), "the interrupt is still there"u8);
        Code.Begin();
        Code.Wfi();
        Code.Emit(0x17ffffff);          // b .-4
        Code.Publish();
        end = Wait(Pstate.El2h & ~Pstate.Irq);
        end->Check(end->Vector == Vector.CurrentIrq, "WFI at EL2 with interrupts open ends in the interrupt"u8, default, default);
        Tap.Check(Take(), "it is the timer's"u8);
        end = Wait(Pstate.El1h);
        end->Check(end->Vector == Vector.LowerIrq, "WFI at EL1 ends in EL2's interrupt, whatever EL1 masks"u8, default, default);
        Tap.Check(Take(), "it is the timer's at EL1, too"u8);

        Gic.SendToSelf(1);
        Code.Begin();
        Code.Wfi();
        Code.Finish();
        end = Excursion.Run(Pstate.El2h);
        end->Check(end->Finished, "WFI does not wait when an interrupt is pending"u8, default, default);
        Tap.Check(Gic.Takes(1), "which is then taken"u8);

        Code.Begin();
        Code.Emit(0xd50320bf);          // sevl
        Code.Wfe();
        Code.Finish();
        end = Excursion.Run(Pstate.El2h);
        end->Check(end->Finished, "WFE does not wait after SEVL"u8, default, default);
        Cpu.ResetHcr(false);
    }

    private static Excursion* Wait(ulong pstate)
    {
        Excursion.Prepare(pstate);
        SystemRegisters.CNTHP_TVAL_EL2 = Soon;
        SystemRegisters.CNTHP_CTL_EL2 = 1;
        Instructions.Isb();
        Excursion.Run();
        return Excursion.Here;
    }

    private static bool Take()
    {
        uint taken = Gic.Acknowledge();
        SystemRegisters.CNTHP_CTL_EL2 = 0;
        Instructions.Isb();
        Gic.End(taken);
        return taken == Timer;
    }
}
