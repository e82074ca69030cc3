// What the commands of the monitor are about: one vCPU, chosen with `vcpu`, whose guest is the one that `vm` chose.

using System;

namespace Nestor.Kernel;

/// <summary>The chosen vCPU, and keeping it still while a command looks at it.</summary>
public static unsafe class Session
{
    private static VirtualCpu* s_vcpu;
    private static bool s_answers;

    /// <summary>The chosen vCPU: at first, the first of the guest that has the focus. Null when there is no guest at all.</summary>
    public static VirtualCpu* Vcpu
    {
        get
        {
            if (s_vcpu == null && Machines.Count != 0)
            {
                VirtualMachine* machine = GuestConsole.Focus();
                s_vcpu = VirtualMachine.Vcpu(machine != null ? machine : Machines.At(0), 0);
            }

            return s_vcpu;
        }

        set => s_vcpu = value;
    }

    /// <summary>
    /// Holds the chosen vCPU until <see cref="Release"/>. When its CPU does not answer, the command goes on with what can be read
    /// all the same, and <see cref="Warn"/> says so.
    /// </summary>
    public static VirtualCpu* Hold()
    {
        VirtualCpu* vcpu = Vcpu;
        s_answers = VcpuHold.Take(vcpu, HoldReason.Command);
        return vcpu;
    }

    /// <summary>Lets it go on, unless it is stopped for another reason.</summary>
    public static void Release() => VcpuHold.Release(Vcpu, HoldReason.Command);

    /// <summary>Whether the vCPU's CPU has answered.</summary>
    public static bool Answers => s_answers;

    /// <summary>For a command that only reads: says when what it shows is old.</summary>
    public static void Warn()
    {
        if (!s_answers)
        {
            Output.Number("silent"u8, Vcpu->Cpu->Index);
            Output.Text("note"u8, "this CPU does not answer: general registers are of the last exit, system registers of the last switch"u8);
            Output.Line();
        }
    }

    /// <summary>For a command that writes: false, with the error, when the vCPU is not held.</summary>
    public static bool CanWrite()
    {
        if (!s_answers)
        {
            Output.Error("the vCPU's CPU does not answer: nothing was written"u8);
        }

        return s_answers;
    }

    /// <summary>For a command about a guest that runs: false, with the error, when it has ended or not begun.</summary>
    public static bool Runs(VirtualMachine* machine)
    {
        if (machine->Ended != 0)
        {
            Output.Error(
                machine->Ended == (int)EndReason.NotStarted ? "this vm has not been started (try vm start):"u8 : "this vm has ended:"u8,
                VirtualMachine.NameOf(machine));
        }

        return machine->Ended == 0;
    }

    /// <summary>A guest by its name or number (from 1); null, with the error, when there is none.</summary>
    public static VirtualMachine* FindMachine(ReadOnlySpan<byte> word)
    {
        if (Letters.TryNumber(word, out ulong number) && number - 1 < Machines.Count)
        {
            return Machines.At((uint)number - 1);
        }

        for (uint i = 0; i < Machines.Count; i++)
        {
            if (Letters.AreEqual(word, VirtualMachine.NameOf(Machines.At(i))))
            {
                return Machines.At(i);
            }
        }

        Output.Error("no such vm:"u8, word);
        return null;
    }
}
