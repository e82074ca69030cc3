// What is said about a guest that Nestor stops, because it did what cannot be answered: enough to see which
// instruction it was and in what state. The VM ends afterwards; the others go on.

using System;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>The dump of a guest that is stopped.</summary>
public static unsafe class Crash
{
    /// <summary>Writes the dump. Only on the CPU that owns the vCPU, before its VM ends.</summary>
    /// <param name="vcpu">The vCPU whose exit could not be handled.</param>
    /// <param name="syndrome">ESR_EL2 of that exit.</param>
    public static void Report(VirtualCpu* vcpu, ulong syndrome)
    {
        GuestConsole.Flush(vcpu->Machine);
        bool locked = Console.TryLock();
        Console.WriteLine();
        Console.BeginMessage();
        Console.Write(VirtualMachine.NameOf(vcpu->Machine));
        Console.Write(": vCPU "u8);
        Console.WriteDecimal(vcpu->Index);
        Console.Write(" cannot go on: "u8);
        Console.Write(ExceptionClassName.Of(syndrome));
        Console.WriteLine(Level(vcpu));
        Exit(vcpu, syndrome);
        General(vcpu);
        SystemRegistersOf(vcpu);
        TraceRing.Write(vcpu->Cpu);
        Console.EndMessage();
        Console.Unlock(locked);
    }

    private static ReadOnlySpan<byte> Level(VirtualCpu* vcpu)
    {
        bool isEl0 = (vcpu->Pstate & 0xf) == 0;
        switch (vcpu->Context)
        {
            case Context.HypervisorVhe:
                return isEl0 ? ", at EL0 under virtual EL2 (VHE)"u8 : ", at virtual EL2 (VHE)"u8;
            case Context.HypervisorNvhe:
                return ", at virtual EL2 (nVHE)"u8;
            default:
                return isEl0 ? ", at EL0"u8 : ", at EL1"u8;
        }
    }

    // FAR_EL2 and HPFAR_EL2 of the machine: what they were at the exit, for no other exit can have come between.
    private static void Exit(VirtualCpu* vcpu, ulong syndrome)
    {
        Show("PC"u8, vcpu->Pc);
        Show("PSTATE"u8, vcpu->Pstate);
        Show("exit ESR"u8, syndrome);
        Console.WriteLine();
        Show("exit FAR"u8, SystemRegisters.FAR_EL2);
        Show("exit HPFAR"u8, SystemRegisters.HPFAR_EL2);
        Show("HCR"u8, SystemRegisters.HCR_EL2);
        Console.WriteLine();
    }

    private static void General(VirtualCpu* vcpu)
    {
        for (uint i = 0; i < 31; i++)
        {
            Console.Write("  x"u8);
            Console.WriteDecimal(i);
            Console.Write(i < 10 ? "  "u8 : " "u8);
            Console.WriteHex(vcpu->X[i], 16);
            if (i % 4 == 3 || i == 30)
            {
                Console.WriteLine();
            }
        }
    }

    private static void SystemRegistersOf(VirtualCpu* vcpu)
    {
        Show(vcpu, "SCTLR_EL1"u8, Register.SCTLR_EL1);
        Show(vcpu, "TCR_EL1"u8, Register.TCR_EL1);
        Show(vcpu, "VBAR_EL1"u8, Register.VBAR_EL1);
        Console.WriteLine();
        Show(vcpu, "TTBR0_EL1"u8, Register.TTBR0_EL1);
        Show(vcpu, "TTBR1_EL1"u8, Register.TTBR1_EL1);
        Show(vcpu, "SP_EL1"u8, Register.SP_EL1);
        Console.WriteLine();
        Show(vcpu, "ELR_EL1"u8, Register.ELR_EL1);
        Show(vcpu, "SPSR_EL1"u8, Register.SPSR_EL1);
        Show(vcpu, "SP_EL0"u8, Register.SP_EL0);
        Console.WriteLine();
        Show(vcpu, "ESR_EL1"u8, Register.ESR_EL1);
        Show(vcpu, "FAR_EL1"u8, Register.FAR_EL1);
        Console.WriteLine();
        if (!vcpu->Machine->HasVirtualEl2)
        {
            return;
        }

        Show(vcpu, "HCR_EL2"u8, Register.HCR_EL2);
        Show(vcpu, "SCTLR_EL2"u8, Register.SCTLR_EL2);
        Show(vcpu, "VBAR_EL2"u8, Register.VBAR_EL2);
        Console.WriteLine();
        Show(vcpu, "TCR_EL2"u8, Register.TCR_EL2);
        Show(vcpu, "TTBR0_EL2"u8, Register.TTBR0_EL2);
        Show(vcpu, "SP_EL2"u8, Register.SP_EL2);
        Console.WriteLine();
        Show(vcpu, "ELR_EL2"u8, Register.ELR_EL2);
        Show(vcpu, "SPSR_EL2"u8, Register.SPSR_EL2);
        Console.WriteLine();
        Show(vcpu, "ESR_EL2"u8, Register.ESR_EL2);
        Show(vcpu, "FAR_EL2"u8, Register.FAR_EL2);
        Show(vcpu, "HPFAR_EL2"u8, Register.HPFAR_EL2);
        Console.WriteLine();
        Show(vcpu, "VTTBR_EL2"u8, Register.VTTBR_EL2);
        Show(vcpu, "VTCR_EL2"u8, Register.VTCR_EL2);
        Show(vcpu, "VNCR_EL2"u8, Register.VNCR_EL2);
        Console.WriteLine();
    }

    private static void Show(VirtualCpu* vcpu, ReadOnlySpan<byte> name, Register register) =>
        Show(name, RegisterAccess.Read(vcpu, register));

    private static void Show(ReadOnlySpan<byte> name, ulong value)
    {
        Console.Write("  "u8);
        for (int i = name.Length; i < 10; i++)
        {
            Console.Write((byte)' ');
        }

        Console.Write(name);
        Console.Write((byte)' ');
        Console.WriteHex(value, 16);
    }
}
