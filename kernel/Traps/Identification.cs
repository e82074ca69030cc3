// What the guest may know of the CPU: the machine's own value, less what Nestor does not offer (the table's masks say
// what, and why stands beside them).

namespace Nestor.Kernel;

internal static unsafe class Identification
{
    internal static ulong Read(Register register)
    {
        ulong value = (RegisterBanks.ReadIdentification(register) & RegisterTable.Masks[(int)register]) | RegisterTable.Resets[(int)register];
        return register == Register.ID_AA64MMFR0_EL1 ? LimitRange(value) : value;
    }

    // PARange: as many bits as the walk of a guest hypervisor's tables knows.
    private static ulong LimitRange(ulong value)
    {
        const ulong RangeMask = 0xf;
        const ulong FortyEight = 5;
        return (value & RangeMask) > FortyEight ? (value & ~RangeMask) | FortyEight : value;
    }
}
