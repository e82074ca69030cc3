namespace Nestor.Kernel;

/// <summary>What <see cref="GuestTranslation"/> found.</summary>
internal struct GuestTranslationResult
{
    /// <summary>The VM's physical address; for a fault of the guest hypervisor's stage 2, the address that it did not translate.</summary>
    public ulong Output;

    /// <summary>The fault status, with ISS.S1PTW.</summary>
    public uint Fault;

    /// <summary>The fault is of the guest hypervisor's stage 2.</summary>
    public bool IsStage2;
}
