// Two CPUs: interrupts from one to the other, shared memory, and registers that are each CPU's own.

using Nestor.Hal;

namespace Nestor.Payloads;

internal static class Multiprocessing
{
    public static void Run()
    {
        Cpu.ResetHcr(false);
        Cpu.SetHcr(SystemRegisters.HCR_EL2 | Hcr.IMO);
        Gic.Open();
        Tap.Check(SecondCpu.TurnOn() == Psci.Success && SecondCpu.Do(SecondCpu.Report), "the second CPU runs"u8);

        SecondCpu.Begin(SecondCpu.TakeInterrupt);
        while (SecondCpu.Value(1) != 1)
        {
        }

        GicCpuInterface.SendSgi(1, 9);
        Tap.Check(SecondCpu.WaitForEnd() && SecondCpu.Value(0) == 9, "an SGI arrives at the second CPU"u8);
        Tap.Check(Gic.IsQuiet, "and not at the first"u8);
        Tap.Check(SecondCpu.Do(SecondCpu.SendSgi) && Gic.Takes(3), "an SGI from the second CPU arrives at the first"u8);

        SystemRegisters.ICC_SGI1R_EL1 = (1UL << 40) | (11UL << 24);
        SecondCpu.Begin(SecondCpu.TakeInterrupt);
        Tap.Check(SecondCpu.WaitForEnd() && SecondCpu.Value(0) == 11, "an SGI to all others arrives at the second CPU"u8);
        Tap.Check(Gic.IsQuiet, "and not at its sender"u8);

        SecondCpu.Begin(SecondCpu.Count);
        SecondCpu.Add();
        Tap.Check(SecondCpu.WaitForEnd() && SecondCpu.Sum == 2 * SecondCpu.Additions, "both CPUs count without a loss"u8);

        SystemRegisters.TPIDR_EL2 = 0x1111;
        Tap.Check(SecondCpu.Do(SecondCpu.KeepValue) && SecondCpu.Value(0) != 0x1111, "the second CPU has its own TPIDR_EL2"u8);
        Tap.Check(SystemRegisters.TPIDR_EL2 == 0x1111, "the first CPU keeps its own"u8);
        Tap.Check(SecondCpu.TurnOff(), "the second CPU goes off"u8);
        Cpu.ResetHcr(false);
    }
}
