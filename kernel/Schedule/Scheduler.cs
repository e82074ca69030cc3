// Which vCPU runs on which CPU: a vCPU stays on its CPU for life, and the vCPUs of one CPU take turns of a fixed time.

using System.Runtime.CompilerServices;
using System.Threading;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>The scheduler of each CPU. Everything here runs on the CPU that it is about.</summary>
public static unsafe class Scheduler
{
    /// <summary>A turn lasts 10 ms.</summary>
    private const ulong SlicesPerSecond = 100;

    private const ulong TimerEnable = 1;

    /// <summary>After the vCPU has left the guest: deals with what was asked of it, and says who goes on.</summary>
    public static VirtualCpu* Next(VirtualCpu* vcpu)
    {
        PerCpu* cpu = vcpu->Cpu;
        if (vcpu->Requests != 0 && cpu->Loaded == vcpu)
        {
            TakeRequests(vcpu);
        }

        // A vCPU that was taken out of the CPU, to be looked at, has to be put back.
        if (vcpu->State == RunState.Ready && cpu->Loaded == vcpu && (cpu->VcpuCount == 1 || SystemRegisters.CNTPCT_EL0 < cpu->SliceEnd))
        {
            return vcpu;
        }

        return Choose(cpu);
    }

    /// <summary>The first vCPU of a CPU, or of one that has had nothing to do.</summary>
    public static VirtualCpu* Choose(PerCpu* cpu)
    {
        while (true)
        {
            for (uint i = 0; i < cpu->VcpuCount; i++)
            {
                uint turn = cpu->Turn + 1;
                turn = turn < cpu->VcpuCount ? turn : 0;
                cpu->Turn = turn;
                VirtualCpu* vcpu = PerCpu.Vcpu(cpu, turn);
                if (CanRun(vcpu))
                {
                    Switch(cpu, vcpu);
                    return vcpu;
                }
            }

            Machines.PowerOffIfAllEnded();
            Idle(cpu);
        }
    }

    /// <summary>The vCPU has executed WFI: who goes on.</summary>
    public static VirtualCpu* Wait(VirtualCpu* vcpu)
    {
        vcpu->State = RunState.Waiting;
        return Choose(vcpu->Cpu);
    }

    /// <summary>Makes the host timer fire at a CNTPCT value, unless it fires earlier anyway.</summary>
    public static void SetTimer(PerCpu* cpu, ulong deadline)
    {
        if (deadline < cpu->TimerDeadline)
        {
            SystemRegisters.CNTHP_CVAL_EL2 = deadline;
            if (cpu->TimerDeadline == VirtualTimers.Never)
            {
                SystemRegisters.CNTHP_CTL_EL2 = TimerEnable;
            }

            cpu->TimerDeadline = deadline;
        }
    }

    /// <summary>
    /// Writes the host timer once more. A machine that goes on from a state that QEMU has saved has the registers of this timer, but not
    /// what makes it fire: QEMU keeps that for EL1's timers only. A byte at gdb's port, any that means nothing, gets us here.
    /// </summary>
    public static void RestoreTimer(PerCpu* cpu)
    {
        if (cpu->TimerDeadline != VirtualTimers.Never)
        {
            SystemRegisters.CNTHP_CVAL_EL2 = cpu->TimerDeadline;
            SystemRegisters.CNTHP_CTL_EL2 = TimerEnable;
        }
    }

    /// <summary>The host timer has fired.</summary>
    public static void Tick(PerCpu* cpu)
    {
        SystemRegisters.CNTHP_CTL_EL2 = 0;
        cpu->TimerDeadline = VirtualTimers.Never;
        for (uint i = 0; i < cpu->VcpuCount; i++)
        {
            VirtualCpu* vcpu = PerCpu.Vcpu(cpu, i);
            if (vcpu->State is RunState.Ready or RunState.Waiting)
            {
                SetTimer(cpu, VirtualTimers.Update(vcpu, cpu->Loaded == vcpu));
            }

            GuestConsole.FlushPrompt(vcpu->Machine);
        }

        if (cpu->VcpuCount > 1 && cpu->SliceEnd > SystemRegisters.CNTPCT_EL0)
        {
            SetTimer(cpu, cpu->SliceEnd);
        }

        GuestConsole.Retry();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool CanRun(VirtualCpu* vcpu)
    {
        if (vcpu->Requests != 0)
        {
            TakeRequests(vcpu);
        }

        if (vcpu->Hold != 0 && !VcpuHold.MayRun(vcpu))
        {
            return false;
        }

        if (vcpu->State == RunState.Waiting && (IsWoken(vcpu) || vcpu->Machine->Ended != 0))
        {
            vcpu->State = RunState.Ready;
        }

        return vcpu->State == RunState.Ready;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsWoken(VirtualCpu* vcpu) =>
        vcpu->Cpu->Loaded == vcpu ? VirtualInterrupts.IsPendingInHardware(vcpu) : VirtualInterrupts.IsPending(vcpu);

    private static void TakeRequests(VirtualCpu* vcpu)
    {
        // Looking at the interrupts may raise another (a guest hypervisor's maintenance interrupt): it is looked at too,
        // and what comes after that waits for the next exit.
        for (int i = 0; i < 4 && vcpu->Requests != 0; i++)
        {
            uint requests = Interlocked.Exchange(ref vcpu->Requests, 0);
            if ((requests & ~(Request.Interrupts | Request.Private)) != 0)
            {
                TakeStateRequests(vcpu, requests);
            }

            if (vcpu->Cpu->Loaded != vcpu)
            {
                // It gets its interrupts when it is loaded.
                continue;
            }

            if ((requests & Request.Interrupts) != 0)
            {
                VirtualInterrupts.Refill(vcpu);
            }
            else if ((requests & Request.Private) != 0)
            {
                VirtualInterrupts.TakePrivate(vcpu);
            }
        }
    }

    private static void TakeStateRequests(VirtualCpu* vcpu, uint requests)
    {
        if ((requests & Request.Start) != 0)
        {
            VcpuReset.Start(vcpu);
        }

        if ((requests & Request.Stop) != 0)
        {
            vcpu->State = RunState.Stopped;
        }

        if ((requests & Request.Debug) != 0)
        {
            VcpuDebug.AfterExit(vcpu);
        }

        if ((requests & Request.Hold) != 0)
        {
            VcpuHold.MayRun(vcpu);
        }

        if ((requests & Request.Commands) != 0)
        {
            VirtualInterrupts.ContinueCommands(vcpu);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Switch(PerCpu* cpu, VirtualCpu* vcpu)
    {
        if (cpu->Loaded != vcpu)
        {
            Exchange(cpu, vcpu);
        }

        if (cpu->VcpuCount > 1)
        {
            SetTimer(cpu, NewSlice(cpu));
        }
    }

    private static void Exchange(PerCpu* cpu, VirtualCpu* vcpu)
    {
        if (cpu->Loaded != null)
        {
            ContextSwitch.Unload(cpu->Loaded);
        }

        ContextSwitch.Load(vcpu);
        SetTimer(cpu, VirtualTimers.Update(vcpu, loaded: true));
        VirtualInterrupts.Refill(vcpu);
    }

    private static ulong NewSlice(PerCpu* cpu)
    {
        cpu->SliceEnd = SystemRegisters.CNTPCT_EL0 + (SystemRegisters.CNTFRQ_EL0 / SlicesPerSecond);
        return cpu->SliceEnd;
    }

    // Interrupts are masked at EL2, but a pending one still ends WFI.
    private static void Idle(PerCpu* cpu)
    {
        Instructions.DsbSy();
        Instructions.Wfi();
        HostInterrupts.Handle(cpu);
    }
}
