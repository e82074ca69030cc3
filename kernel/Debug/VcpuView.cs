// A vCPU's registers for somebody outside: what the holder of a vCPU sees, and, when its CPU does not answer, what can be
// seen all the same.

using System.Runtime.CompilerServices;

namespace Nestor.Kernel;

/// <summary>Registers of a vCPU that is held, or that cannot be.</summary>
public static unsafe class VcpuView
{
    /// <summary>
    /// Reads a register by id; false when there is none. Of a vCPU that is not held the general registers are those of its last
    /// exit, and system registers may be older still: those of the last time that it left its CPU.
    /// </summary>
    public static bool TryGet(VirtualCpu* vcpu, ulong id, out ulong value)
    {
        if (id < RegisterId.SystemRegister || VcpuHold.IsParked(vcpu))
        {
            return RegisterId.TryGet(vcpu, id, out value);
        }

        value = 0;
        if (!RegisterId.TryRegister(id, out Register register))
        {
            return false;
        }

        value = *RegisterAccess.Stored(vcpu, register);
        return true;
    }

    /// <summary>Writes a register by id; false when there is none or the vCPU is not held.</summary>
    public static bool TrySet(VirtualCpu* vcpu, ulong id, ulong value) =>
        VcpuHold.IsParked(vcpu) && RegisterId.TrySet(vcpu, id, value);

    /// <summary>A system register that a vCPU has, as <see cref="TryGet"/> sees it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static ulong Get(VirtualCpu* vcpu, Register register)
    {
        TryGet(vcpu, RegisterId.Of(register), out ulong value);
        return value;
    }
}
