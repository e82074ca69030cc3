// What Nestor has in memory about its CPUs, guests and vCPUs. Everything read is checked before it is believed: the machine may
// be broken, or may not have come to Nestor's first line yet.

using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nestor.Tools.Launch;
using Nestor.Tools.Support;

namespace Nestor.Tools.Inspect;

/// <summary>All of it.</summary>
public sealed record NestorState(KernelLayout Layout, ulong Frequency, IReadOnlyList<HostCpu> Cpus, IReadOnlyList<Guest> Guests, IReadOnlyList<Vcpu> Vcpus)
{
    private const int VncrPageSize = 4096;
    private const int MostVcpus = 8;

    /// <summary>The image with the debug information of what runs.</summary>
    public static string Elf => RepositoryRoot.Out("nestor.elf");

    /// <summary>Reads a machine that runs out/nestor.</summary>
    /// <exception cref="InspectionException">It does not, or has not begun.</exception>
    public static async Task<NestorState> ReadAsync(QmpClient qmp, KernelLayout layout)
    {
        MachineMemory memory = new(qmp);
        List<HostCpu> cpus = [];
        foreach (ulong address in await PointersAsync(memory, layout, "Cpus", "s_cpus", MachineDescription.MostCpus).ConfigureAwait(false))
        {
            cpus.Add(new HostCpu(await KernelObject.ReadAsync(memory, layout, "PerCpu", address).ConfigureAwait(false)));
        }

        if (cpus.Count == 0)
        {
            throw new InspectionException("no Nestor has begun in this machine");
        }

        List<Guest> guests = [];
        List<Vcpu> vcpus = [];
        foreach (ulong address in await PointersAsync(memory, layout, "Machines", "s_machines", GuestDescription.MostGuests).ConfigureAwait(false))
        {
            KernelObject data = await KernelObject.ReadAsync(memory, layout, "VirtualMachine", address).ConfigureAwait(false);
            int count = Bounded(data.U32("VcpuCount"), MostVcpus, "vCPUs");
            string name = Encoding.ASCII.GetString(data.From("Name")[..Bounded(data.U32("NameLength"), 16, "letters of a guest's name")]);
            for (int i = 0; i < count; i++)
            {
                vcpus.Add(await VcpuAsync(memory, layout, cpus, guests.Count, data.U64("Vcpus", i)).ConfigureAwait(false));
            }

            guests.Add(new Guest(name, data));
        }

        return new NestorState(layout, await FrequencyAsync(qmp).ConfigureAwait(false), cpus, guests, vcpus);
    }

    private static async Task<Vcpu> VcpuAsync(MachineMemory memory, KernelLayout layout, List<HostCpu> cpus, int guest, ulong address)
    {
        byte[] bytes = await memory.ReadAsync(address - VncrPageSize, VncrPageSize + layout.Size("VirtualCpu")).ConfigureAwait(false);
        KernelObject data = new(layout, "VirtualCpu", address, bytes.AsMemory(VncrPageSize));
        int cpu = cpus.FindIndex(one => one.Data.Address == data.U64("Cpu"));
        return cpu >= 0
            ? new Vcpu(guest, (int)data.U32("Index"), cpu, data, bytes.AsMemory(0, VncrPageSize))
            : throw new InspectionException($"at {address:x} is no vCPU: Nestor's memory is damaged, or out/nestor.elf is not what runs");
    }

    // An array of addresses with the number of them in the property Count, as Cpus and Machines have it.
    private static async Task<IReadOnlyList<ulong>> PointersAsync(MachineMemory memory, KernelLayout layout, string type, string field, int most)
    {
        byte[] number = await memory.ReadAsync(layout.Static(type, "<Count>k__BackingField"), sizeof(uint)).ConfigureAwait(false);
        int count = Bounded(BitConverter.ToUInt32(number), most, type);
        byte[] addresses = await memory.ReadAsync(layout.Static(type, field), sizeof(ulong) * most).ConfigureAwait(false);
        return [.. Enumerable.Range(0, count).Select(i => BitConverter.ToUInt64(addresses, i * sizeof(ulong)))];
    }

    private static int Bounded(uint number, int most, string what) => number <= most
        ? (int)number
        : throw new InspectionException($"{number} {what}: Nestor's memory is damaged, or out/nestor.elf is not what runs");

    private static async Task<ulong> FrequencyAsync(QmpClient qmp)
    {
        JsonElement cpus = await qmp.ExecuteAsync("query-cpus-fast").ConfigureAwait(false);
        JsonObject property = new() { ["path"] = cpus[0].GetProperty("qom-path").GetString(), ["property"] = "cntfrq" };
        return (await qmp.ExecuteAsync("qom-get", property).ConfigureAwait(false)).GetUInt64();
    }
}
