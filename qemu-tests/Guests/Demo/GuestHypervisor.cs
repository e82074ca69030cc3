// The guest hypervisor: prepares one guest, runs it, and answers what comes back. As small as one can be that still uses
// what nested virtualization must provide: stage 2, the EL1 registers, VMPIDR, hypercalls, aborts, interrupts and exception return.

using System.Runtime.CompilerServices;
using Nestor.Hal;
using Nestor.Payloads;

namespace Nestor.Demo;

/// <summary>From the preparation of the guest to its end.</summary>
internal static unsafe class GuestHypervisor
{
    // A number that no hardware would give.
    private const ulong ChosenAffinity = 0x8000_0307;

    // Translation and caches off (Arm ARM D19.2.138), bits that are RES1 set.
    private const ulong SctlrOff = 0x30d0_0980;

    private const ulong TranslationFault = 4;
    private const ulong IsWrite = 1 << 6;

    // PSTATE.M of a level that this machine does not have.
    private const ulong El3h = Pstate.Daif | 0xd;

    // Not a local: it would be zeroed with vector instructions, which nobody has enabled.
    private static GuestCpu s_cpu;

    /// <summary>Runs the guest to its end; false when it does something that nobody can answer.</summary>
    public static bool Run()
    {
        SetUp();
        GuestCpu* cpu = (GuestCpu*)Unsafe.AsPointer(ref s_cpu);
        cpu->Pc = GuestMemory.Start;
        cpu->Pstate = PlantedBug.ReturnsIllegally ? El3h : Pstate.El1h;
        while (true)
        {
            GuestCpu.Run(cpu);
            ulong exceptionClass = cpu->Esr >> 26;
            bool isSynchronous = cpu->Vector == Vector.Lower;
            if (cpu->Vector < Vector.Lower)
            {
                Start.Halt(cpu->Vector, cpu->Esr, cpu->Pc, cpu->Far);
            }
            else if (cpu->Vector == Vector.LowerIrq)
            {
                GuestInterrupts.Take();
            }
            else if (isSynchronous && exceptionClass == ExceptionClass.Hvc)
            {
                Hypercall call = (Hypercall)(cpu->Esr & 0xffff);
                if (call is Hypercall.End or Hypercall.Fail)
                {
                    return call == Hypercall.End;
                }

                Answer(cpu, call);
            }
            else if (!isSynchronous || !IsAbort(exceptionClass) || !TryAnswerAbort(cpu))
            {
                Complain(cpu);
                return false;
            }
        }
    }

    private static bool IsAbort(ulong exceptionClass) =>
        exceptionClass is ExceptionClass.DataAbortLower or ExceptionClass.InstructionAbortLower;

    private static void SetUp()
    {
        GuestMemory.Create();
        GuestInterrupts.Open();
        Speech.Begin("stage 2: guest-physical "u8);
        Hal.Console.WriteHex(GuestMemory.Start);
        Hal.Console.Write(" is "u8);
        Hal.Console.WriteHex(GuestMemory.At);
        Hal.Console.Write(" here, 4 MiB; the first table is at "u8);
        Hal.Console.WriteHex(GuestMemory.FirstTable);
        Hal.Console.WriteLine();

        SystemRegisters.HCR_EL2 = Hcr.VM | Hcr.IMO | Hcr.RW | Hcr.API | Hcr.APK;
        Instructions.Isb();
        SystemRegisters.VPIDR_EL2 = SystemRegisters.MIDR_EL1;
        SystemRegisters.VMPIDR_EL2 = ChosenAffinity;
        SystemRegisters.SCTLR_EL1 = SctlrOff;
        SystemRegisters.VBAR_EL1 = 0;
        Speech.Begin("VMPIDR_EL2 is "u8);
        Hal.Console.WriteHex(ChosenAffinity);
        Hal.Console.WriteLine("; entering a guest at EL1"u8);
    }

    private static void Answer(GuestCpu* cpu, Hypercall call)
    {
        switch (call)
        {
            case Hypercall.Say:
            case Hypercall.SayDecimal:
            case Hypercall.SayHex:
                Speech.Begin(cpu->Level);
                Speech.WriteFromGuest(cpu->X[0]);
                if (call == Hypercall.SayDecimal)
                {
                    Hal.Console.WriteDecimal(cpu->X[1]);
                }
                else if (call == Hypercall.SayHex)
                {
                    Hal.Console.WriteHex(cpu->X[1]);
                }

                Hal.Console.WriteLine();
                break;
            case Hypercall.StartClock:
                Clock.Start();
                break;
            case Hypercall.StopClock:
                Clock.Stop(cpu->X[0]);
                break;
            case Hypercall.Interrupt:
                GuestInterrupts.Want(cpu->X[0]);
                break;
        }
    }

    private static bool TryAnswerAbort(GuestCpu* cpu)
    {
        if ((cpu->Esr & 0x3c) == TranslationFault && GuestMemory.IsMapped(cpu->FaultAddress))
        {
            // The translation was there before the fault was: the guest has only to try again.
            return true;
        }

        if ((cpu->Esr & 0x3c) != TranslationFault || !GuestMemory.TryMapSparePage(cpu->FaultAddress))
        {
            return false;
        }

        Speech.Begin((cpu->Esr & IsWrite) != 0 ? "stage 2 fault: write to guest-physical "u8 : "stage 2 fault: read of guest-physical "u8);
        Hal.Console.WriteHex(cpu->FaultAddress);
        Hal.Console.Write(", level "u8);
        Hal.Console.WriteDecimal(cpu->Esr & 3);
        Hal.Console.Write("; mapping a page at "u8);
        Hal.Console.WriteHex(GuestMemory.SparePage);
        Hal.Console.WriteLine();
        return true;
    }

    private static void Complain(GuestCpu* cpu)
    {
        Speech.Begin("the guest failed: ESR_EL2 "u8);
        Hal.Console.WriteHex(cpu->Esr);
        Hal.Console.Write(", vector "u8);
        Hal.Console.WriteHex(cpu->Vector);
        Hal.Console.Write(", at "u8);
        Hal.Console.WriteHex(cpu->Pc);
        Hal.Console.Write(", address "u8);
        Hal.Console.WriteHex(cpu->FaultAddress);
        Hal.Console.WriteLine();
    }
}
