// Who stands and who runs while gdb is there. When anything stops, all vCPUs of all VMs stop, and gdb is told of one. A vCPU that
// stopped by itself at the same time, and was not told of, is let go on from where it is: it comes to the same point again.

namespace Nestor.Kernel;

/// <summary>Stopping and going on for gdb.</summary>
public static unsafe class GdbStop
{
    private static bool s_isAttached;
    private static bool s_isRunning;
    private static ulong s_stopped;

    /// <summary>Whether gdb is there to hear of stops.</summary>
    internal static bool IsAttached => s_isAttached;

    /// <summary>The thread that gdb was told of last.</summary>
    internal static ulong Stopped => s_stopped;

    /// <summary>gdb asks where everything stands: from now on it is attached, and everything stands.</summary>
    internal static void Attach(PacketWriter* reply)
    {
        if (!s_isAttached)
        {
            StopAll();
            s_isAttached = true;
            s_stopped = GdbThreads.At(s_stopped) != null ? s_stopped : 1;
        }

        PacketWriter.Put(reply, "T05"u8);
        Thread(reply);
    }

    /// <summary>A gdb begins to speak: what is left of the one before is forgotten.</summary>
    internal static void Renew()
    {
        s_isAttached = false;
        StopAll();
        if (AllAnswer())
        {
            GdbPoints.RemoveAll();
        }
    }

    /// <summary>gdb goes.</summary>
    internal static void Detach()
    {
        GdbPoints.RemoveAll();
        s_isAttached = false;
        for (uint i = 1; i <= GdbThreads.Count; i++)
        {
            Go(GdbThreads.At(i), 0);
        }
    }

    /// <summary>Whether every vCPU is out of its CPU.</summary>
    internal static bool AllAnswer()
    {
        for (uint i = 1; i <= GdbThreads.Count; i++)
        {
            if (!VcpuHold.IsParked(GdbThreads.At(i)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Lets a vCPU go on, or make a step.</summary>
    internal static void Go(VirtualCpu* vcpu, ulong steps)
    {
        s_isRunning = true;
        DebugState* state = vcpu->Debug;
        if (VcpuHold.IsParked(vcpu) && (steps != 0 || state != null))
        {
            // Past a point that gdb does not know of: somebody set it at the monitor's prompt.
            bool isOver = state != null && state->StopCount == state->ToldCount && !GdbPoints.IsOurs(vcpu);
            VcpuDebug.StartSteps(vcpu, steps, isOver);
        }

        VcpuHold.Release(vcpu, HoldReason.Debugger | HoldReason.Debug);
    }

    /// <summary>On the stub's CPU: tells gdb, which is attached, of a vCPU that has stopped.</summary>
    internal static void Service()
    {
        for (uint i = 1; s_isRunning && i <= GdbThreads.Count; i++)
        {
            VirtualCpu* vcpu = GdbThreads.At(i);
            if (StopReport.IsUntold(vcpu) && VcpuHold.Take(vcpu, HoldReason.Debugger))
            {
                vcpu->Debug->ToldCount = vcpu->Debug->StopCount;
                s_stopped = i;
                StopAll();
                Report("T05"u8, vcpu->Debug->Stop == DebugStop.Watchpoint ? vcpu : null);
                return;
            }
        }
    }

    /// <summary>Ctrl-C.</summary>
    internal static void Interrupt()
    {
        if (s_isRunning)
        {
            StopAll();
            Report("T02"u8, null);
        }
    }

    /// <summary>The machine is about to end.</summary>
    public static void SayEnd(bool failed)
    {
        if (s_isAttached && s_isRunning)
        {
            PacketWriter.Begin(GdbStub.Reply);
            PacketWriter.Put(GdbStub.Reply, failed ? "W01"u8 : "W00"u8);
            GdbStub.Send();
        }
    }

    private static void StopAll()
    {
        // All are asked before one is waited for, so that they stop close together.
        for (uint i = 1; i <= GdbThreads.Count; i++)
        {
            VcpuHold.Want(GdbThreads.At(i), HoldReason.Debugger);
        }

        for (uint i = 1; i <= GdbThreads.Count; i++)
        {
            VcpuHold.Take(GdbThreads.At(i), HoldReason.Debugger);
        }

        s_isRunning = false;
    }

    private static void Report(System.ReadOnlySpan<byte> signal, VirtualCpu* watching)
    {
        PacketWriter* reply = GdbStub.Reply;
        PacketWriter.Begin(reply);
        PacketWriter.Put(reply, signal);
        if (watching != null)
        {
            GdbPoints.Describe(reply, watching);
        }

        Thread(reply);
        GdbStub.Send();
    }

    // With the registers that gdb asks for at every stop.
    private static void Thread(PacketWriter* reply)
    {
        const uint FramePointer = 29;
        VirtualCpu* vcpu = GdbThreads.At(s_stopped);
        GdbPackets.Choose(s_stopped);
        Register(reply, vcpu, FramePointer);
        Register(reply, vcpu, GdbRegisters.StackPointer);
        Register(reply, vcpu, GdbRegisters.Pc);
        PacketWriter.Put(reply, "thread:"u8);
        PacketWriter.Number(reply, s_stopped);
        PacketWriter.Put(reply, (byte)';');
    }

    private static void Register(PacketWriter* reply, VirtualCpu* vcpu, uint number)
    {
        PacketWriter.Number(reply, number);
        PacketWriter.Put(reply, (byte)':');
        GdbRegisters.Put(reply, vcpu, number);
        PacketWriter.Put(reply, (byte)';');
    }
}
