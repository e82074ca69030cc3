// Breakpoints belong to a whole VM: all its vCPUs are held while they change, and go on with the new ones.

namespace Nestor.Kernel;

internal static unsafe class DebugPointChange
{
    /// <summary>
    /// Reads what break and watch are given, ADDRESS or delete NUMBER, and holds all vCPUs of the chosen one's VM. False, with
    /// the error and nobody held, when either cannot be done.
    /// </summary>
    internal static bool Begin(Words* words, int mostWithAddress, out bool isDelete, out ulong value)
    {
        VirtualCpu* vcpu = Session.Vcpu;
        isDelete = Words.Is(words, 1, "delete"u8);
        value = 0;
        if (!CommandTable.IsEnd(words, isDelete ? 3 : mostWithAddress))
        {
            return false;
        }

        if (isDelete && words->Count < 3)
        {
            Output.Error("delete needs a number"u8);
            return false;
        }

        Session.Hold();
        bool isRead = Expression.TryValue(vcpu, Words.At(words, isDelete ? 2 : 1), out value);
        Session.Release();
        return isRead && Begin(vcpu->Machine);
    }

    /// <summary>Lets them go on.</summary>
    internal static void End(VirtualMachine* machine) => VcpuHold.ReleaseAll(machine, HoldReason.Command);

    // False, with the error and nobody held, when a CPU does not answer.
    private static bool Begin(VirtualMachine* machine)
    {
        bool answers = VcpuHold.TakeAll(machine, HoldReason.Command);
        if (!answers)
        {
            End(machine);
            Output.Error("a vCPU's CPU does not answer: nothing was changed"u8);
        }

        return answers;
    }
}
