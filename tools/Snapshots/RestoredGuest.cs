// From a snapshot's file to a guest that Nestor can be started with: the state and the memory as boot modules.
using Nestor.Tools.Launch;
using Nestor.Tools.Registers;
using Nestor.Tools.Support;

namespace Nestor.Tools.Snapshots;

/// <summary>A guest that goes on from a file; its modules live until it is disposed of.</summary>
public sealed class RestoredGuest : IDisposable
{
    private readonly ScratchDirectory _directory;

    /// <summary>Unpacks a file.</summary>
    /// <exception cref="UsageException">It cannot be read, or restored by this Nestor.</exception>
    public RestoredGuest(string file)
    {
        using SnapshotReader reader = new(file);
        reader.State.CheckRegisters(RegisterTable.Read(RepositoryRoot.Path));
        _directory = ScratchDirectory.Create("nestor-restored-");
        try
        {
            string state = Path.Combine(_directory.Path, "state");
            File.WriteAllBytes(state, reader.State.Bytes);
            IReadOnlyList<string> memory = reader.UnpackMemory(_directory.Path, BootModule.MemoryPiece);
            Guest = new GuestDescription(reader.Name)
            {
                IsRestored = true,
                Kernel = state,
                Initrd = memory[0],
                Modules = [.. memory.Skip(1).Select(piece => new GuestModule(piece, "", IsInitrd: true))],
                Cpus = reader.State.Cpus,
                Memory = reader.State.Memory,
                El = reader.State.El,
                Nv = reader.State.Nv,
            };
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The guest.</summary>
    public GuestDescription Guest { get; }

    public void Dispose() => _directory.Dispose();
}
