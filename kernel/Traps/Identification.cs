// What the guest may know of the CPU: the machine's own value, less what Nestor does not offer (the table's masks say
// what, and why stands beside them).

namespace Nestor.Kernel;

internal static unsafe class Identification
{
    internal static ulong Read(Register register) =>
        (RegisterBanks.ReadIdentification(register) & RegisterTable.Masks[(int)register]) | RegisterTable.Resets[(int)register];
}
