// A machine's memory by physical address, over QMP. It needs nothing of what runs in the machine, which may be stuck.

using System.Buffers.Binary;
using System.Text.Json.Nodes;
using Nestor.Tools.Launch;

namespace Nestor.Tools.Inspect;

/// <summary>Reads memory. QEMU writes what it reads into a file, so it must be on this host.</summary>
public sealed class MachineMemory(QmpClient qmp)
{
    /// <summary>Reads bytes; where there is no memory they are 0.</summary>
    public async Task<byte[]> ReadAsync(ulong address, int size)
    {
        string file = Path.GetTempFileName();
        try
        {
            await CopyAsync(address, (ulong)size, file).ConfigureAwait(false);
            byte[] bytes = await File.ReadAllBytesAsync(file).ConfigureAwait(false);
            return bytes.Length == size ? bytes : throw new InspectionException($"QEMU gave {bytes.Length} bytes of memory instead of {size}");
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Copies bytes into a file.</summary>
    public Task CopyAsync(ulong address, ulong size, string file) =>
        qmp.ExecuteAsync("pmemsave", new JsonObject { ["val"] = address, ["size"] = size, ["filename"] = file });

    /// <summary>Reads a number of 8 bytes.</summary>
    public async Task<ulong> ReadU64Async(ulong address) =>
        BinaryPrimitives.ReadUInt64LittleEndian(await ReadAsync(address, sizeof(ulong)).ConfigureAwait(false));
}
