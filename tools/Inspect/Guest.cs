// A guest, as Nestor has it in memory.
namespace Nestor.Tools.Inspect;

/// <summary>A guest.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Data">Nestor's VirtualMachine.</param>
public sealed record Guest(string Name, KernelObject Data)
{
    /// <summary>It began at virtual EL2.</summary>
    public bool HasVirtualEl2 => Data.U8("HasVirtualEl2") != 0;
}
