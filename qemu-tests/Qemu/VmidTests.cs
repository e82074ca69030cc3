// Hardware's VMIDs for guests that a guest hypervisor runs without stage 2. QEMU's TLB knows no VMIDs, so no guest can see a wrong
// one there; VTTBR_EL2 of the machine's CPUs shows it. A TLBI that such a guest executes reaches the CPUs of its VMID alone.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Nestor.Tests.Harness;
using Nestor.Tools.Inspect;
using Nestor.Tools.Launch;
using Xunit;

namespace Nestor.Tests.Qemu;

public sealed class VmidTests
{
    private const int VmidShift = 48;

    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(120);

    [Theory]
    [InlineData(2)]
    [InlineData(1)]
    public async Task Two_vCPUs_with_one_VMID_have_one_of_the_hardware(int nv) => Assert.Single((await VmidsAsync("OneVmid", nv)).Distinct());

    [Theory]
    [InlineData(2)]
    [InlineData(1)]
    public async Task Two_vCPUs_with_a_VMID_each_have_two_of_the_hardware(int nv) => Assert.Equal(2, (await VmidsAsync("TwoVmids", nv)).Distinct().Count());

    private static async Task<ulong[]> VmidsAsync(string image, int nv)
    {
        ulong[] vmids = [];
        GuestDescription guest = new("guest") { Kernel = PayloadAssembler.Image(image), Cpus = 2, El = 2, Nv = nv };
        MachineOptions options = MachineOptions.Nestor($"{image}, nv {nv}", new MachineDescription { Guests = [guest] });
        await QemuMachine.RunAsync(options, async machine =>
        {
            await machine.ExpectAsync("both run", s_deadline);
            await machine.Qmp.ExecuteAsync("stop");
            IReadOnlyList<IReadOnlyDictionary<string, ulong>> cpus = await GdbClient.ReadAsync(machine.Qmp, 2);
            vmids = [.. cpus.Select(cpu => cpu["VTTBR_EL2"] >> VmidShift)];
        });
        return vmids;
    }
}
