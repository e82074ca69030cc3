// Where a part of a VM's state lies: the one place that knows it, so that saving and restoring cannot disagree. Registers
// have RegisterId; all else is a field somewhere, of one, four or eight bytes.

using System.Runtime.CompilerServices;

namespace Nestor.Kernel;

/// <summary>Fields of a VM by id.</summary>
public static unsafe class StateField
{
    private const uint RunFields = 15;
    private const uint TranslationFields = 7;

    /// <summary>Finds a field. Null when there is none of this id, on this machine.</summary>
    /// <param name="machine">The VM.</param>
    /// <param name="vcpu">The vCPU that classes of vCPUs are about.</param>
    /// <param name="id">The id, not of a register.</param>
    /// <param name="size">Its bytes: 1, 4 or 8.</param>
    public static byte* Find(VirtualMachine* machine, VirtualCpu* vcpu, ulong id, out uint size)
    {
        uint number = (uint)id;
        size = sizeof(ulong);
        switch (StateId.ClassOf(id))
        {
            case StateId.Vector:
                return VectorState.Word(vcpu, number >> 24, number >> 8 & 0xffff, number & 0xff);
            case StateId.Run:
                return Run(vcpu, number, out size);
            case StateId.Private:
                return GicState.Private(&machine->Gic, vcpu->Index, number, out size);
            case StateId.Distributor:
                return GicState.Shared(&machine->Gic, number, out size);
            case StateId.Translation:
                return Translation(&machine->Gic.Its, number, out size);
            case StateId.Serial:
                return VirtualUart.Field(&machine->Uart, number, out size);
            default:
                return null;
        }
    }

    /// <summary>How many numbers a class has, at most; not for <see cref="StateId.Vector"/>.</summary>
    public static uint Count(ulong stateClass) => stateClass switch
    {
        StateId.Run => RunFields,
        StateId.Private => GicState.PrivateCount,
        StateId.Distributor => GicState.SharedCount,
        StateId.Translation => TranslationFields,
        _ => VirtualUart.FieldCount,
    };

    private static byte* Run(VirtualCpu* vcpu, uint number, out uint size)
    {
        size = number is 4 or 5 or 8 or 9 or 10 or 11 or 14 ? 8u : number is 1 or 12 or 13 ? 1u : 4u;
        return number switch
        {
            0 => Address(ref vcpu->State),
            1 => Address(ref vcpu->Context),
            2 => Address(ref vcpu->Requests),
            3 => Address(ref vcpu->TimerLines),
            4 => Address(ref vcpu->StartEntry),
            5 => Address(ref vcpu->StartContext),
            6 => Address(ref vcpu->StartClaim),
            8 => Address(ref vcpu->GicVmcr),
            9 => Address(ref vcpu->GicActive0),
            10 => Address(ref vcpu->GicActive1),
            11 => Address(ref vcpu->StreamingControl),
            12 => Address(ref vcpu->MaintenanceLine),
            13 => Address(ref vcpu->IsOsLocked),
            14 => Address(ref vcpu->DebugClaim),
            _ => null,
        };
    }

    private static byte* Translation(VirtualIts* its, uint number, out uint size)
    {
        size = number < 2 ? 4u : 8u;
        return number switch
        {
            0 => Address(ref its->Enabled),
            1 => Address(ref its->Stalled),
            2 => Address(ref its->QueueBase),
            3 => Address(ref its->WriteOffset),
            4 => Address(ref its->ReadOffset),
            5 => Address(ref its->DeviceTable),
            6 => Address(ref its->CollectionTable),
            _ => null,
        };
    }

    private static byte* Address<T>(ref T field) => (byte*)Unsafe.AsPointer(ref field);
}
