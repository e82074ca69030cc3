// Keeping a vCPU from running while somebody looks at it or changes it. Its owner takes it out of its CPU, so that all of its
// registers are in memory; then, and until the last reason is gone, whoever holds it may read and write it from any CPU.
//
// One word says everything: a bit for each reason, set and cleared by those who have it, and Parked, set by the owner when
// the vCPU is out, and cleared by the owner only together with the last reason. So nobody mistakes an old Parked for a new
// one. Whoever waits for Parked waits for a bounded time: the owner may be stuck.

using System.Threading;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>Stop and go.</summary>
public static unsafe class VcpuHold
{
    /// <summary>The vCPU is out of its CPU: everything of it is in memory.</summary>
    public const uint Parked = 1u << 31;

    /// <summary>Whether somebody holds it, whether or not it is out of its CPU yet.</summary>
    public static bool IsWanted(VirtualCpu* vcpu) => (Volatile(vcpu) & HoldReason.All) != 0;

    /// <summary>Whether it is out of its CPU and stays so.</summary>
    public static bool IsParked(VirtualCpu* vcpu) => (Volatile(vcpu) & Parked) != 0;

    /// <summary>
    /// Holds a vCPU for a reason. Not from the handling of one of its own traps, other than a physical interrupt: the vCPU is
    /// taken out of the CPU at once.
    /// </summary>
    /// <param name="vcpu">The vCPU; its state may be any.</param>
    /// <param name="reason">A bit of <see cref="HoldReason"/>.</param>
    /// <returns>False when its CPU does not answer. It is held then as soon as its CPU does.</returns>
    public static bool Take(VirtualCpu* vcpu, uint reason)
    {
        Want(vcpu, reason);
        if (vcpu->Cpu == PerCpu.Current)
        {
            return !MayRun(vcpu);
        }

        ulong start = SystemRegisters.CNTPCT_EL0;

        // A second: far longer than any trap, and longer than a busy host keeps a thread of QEMU waiting.
        ulong patience = SystemRegisters.CNTFRQ_EL0;
        while (!IsParked(vcpu))
        {
            if (SystemRegisters.CNTPCT_EL0 - start > patience)
            {
                return IsParked(vcpu);
            }
        }

        return true;
    }

    /// <summary>Asks for a vCPU to be held, and does not wait.</summary>
    public static void Want(VirtualCpu* vcpu, uint reason)
    {
        Interlocked.Or(ref vcpu->Hold, reason);
        VirtualInterrupts.Ask(vcpu, Request.Hold);
    }

    /// <summary>Holds all vCPUs of a VM, which are asked before one is waited for, so that they stop close together.</summary>
    /// <returns>False when a CPU does not answer; the reason is there all the same, to be taken back.</returns>
    public static bool TakeAll(VirtualMachine* machine, uint reason)
    {
        for (uint i = 0; i < machine->VcpuCount; i++)
        {
            Want(VirtualMachine.Vcpu(machine, i), reason);
        }

        bool answers = true;
        for (uint i = 0; i < machine->VcpuCount; i++)
        {
            answers &= Take(VirtualMachine.Vcpu(machine, i), reason);
        }

        return answers;
    }

    /// <summary>Takes reasons back from all vCPUs of a VM.</summary>
    public static void ReleaseAll(VirtualMachine* machine, uint reason)
    {
        for (uint i = 0; i < machine->VcpuCount; i++)
        {
            Release(VirtualMachine.Vcpu(machine, i), reason);
        }
    }

    /// <summary>Takes reasons back. With the last one the vCPU goes on.</summary>
    public static void Release(VirtualCpu* vcpu, uint reason)
    {
        if ((Interlocked.And(ref vcpu->Hold, ~reason) & HoldReason.All & ~reason) == 0)
        {
            VirtualInterrupts.Ask(vcpu, Request.Interrupts);
        }
    }

    /// <summary>On the owner: whether nobody holds the vCPU. When somebody does it is taken out of the CPU.</summary>
    public static bool MayRun(VirtualCpu* vcpu)
    {
        while (true)
        {
            uint hold = Volatile(vcpu);
            if ((hold & HoldReason.All) == 0)
            {
                if (Interlocked.CompareExchange(ref vcpu->Hold, 0, hold) == hold)
                {
                    // Nobody has watched its timers since it left the CPU.
                    Scheduler.SetTimer(vcpu->Cpu, VirtualTimers.Update(vcpu, vcpu->Cpu->Loaded == vcpu));
                    return true;
                }

                continue;                               // somebody has set a reason meanwhile, which happens once each
            }

            if (vcpu->Cpu->Loaded == vcpu)
            {
                ContextSwitch.Unload(vcpu);
            }

            Interlocked.Or(ref vcpu->Hold, Parked);
            return false;
        }
    }

    private static uint Volatile(VirtualCpu* vcpu) => ((Word*)&vcpu->Hold)->Value;

    private struct Word
    {
        public volatile uint Value;
    }
}
