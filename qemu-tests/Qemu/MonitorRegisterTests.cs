// `reg` on a real console: what a guest wrote is what is read, and what is written is what the guest has.
using System;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Nestor.Tests.Harness;
using Xunit;

namespace Nestor.Tests.Qemu;

public sealed class MonitorRegisterTests
{
    [Fact]
    public async Task Registers_are_read_decoded_and_written() =>
        await MonitoredGuest.RunAsync("reg", async (machine, monitor) =>
        {
            Assert.Equal("0xabcd1234", await ValueAsync(monitor, "tpidr_el2"));
            Assert.Equal("0xabcd1234", await ValueAsync(monitor, "0x600300010000e682"));
            Assert.Equal("0x5678", await ValueAsync(monitor, "X21"));

            JsonElement hcr = await monitor.JsonAsync("reg HCR_EL2");
            Assert.Equal(["RW", "VM"], hcr.GetProperty("fields").EnumerateArray()
                .Where(field => field.GetProperty("value").GetString() == "0x1").Select(field => field.GetProperty("name").GetString()).Order());

            JsonElement pattern = await monitor.JsonAsync("reg cnt*_ctl_*");
            Assert.Equal(
                ["CNTP_CTL_EL0", "CNTV_CTL_EL0", "CNTHP_CTL_EL2", "CNTHV_CTL_EL2"],
                pattern.GetProperty("registers").EnumerateArray().Select(row => row.GetProperty("name").GetString()));

            await monitor.AskAsync("reg TPIDR_EL2 = x21+0x10-1");
            Assert.Equal("0x5687", await ValueAsync(monitor, "TPIDR_EL2"));

            // Those that follow from others.
            Assert.Equal(await ValueAsync(monitor, "VMPIDR_EL2"), await ValueAsync(monitor, "MPIDR_EL1"));
            Assert.NotEqual(await ValueAsync(monitor, "CNTVCT_EL0"), await ValueAsync(monitor, "CNTVCT_EL0"));
            Assert.Equal("0x0", await ValueAsync(monitor, "fpcr"));
            await monitor.AskAsync("reg ICH_VMCR_EL2 = 0xf0000002");
            Assert.Equal("0x0 0x0", $"{await ValueAsync(monitor, "ICC_PMR_EL1")} {await ValueAsync(monitor, "ICC_IGRPEN1_EL1")}");
            await monitor.AskAsync("vcpu stop");
            await monitor.AskAsync("reg HCR_EL2 = 0x80000011");
            Assert.Equal("0xf0 0x1", $"{await ValueAsync(monitor, "ICC_PMR_EL1")} {await ValueAsync(monitor, "ICC_IGRPEN1_EL1")}");
            Assert.Contains("error: read only here: 'ICC_PMR_EL1'", await monitor.AskAsync("reg ICC_PMR_EL1 = 1"), StringComparison.Ordinal);

            Assert.Contains("error: unknown register 'nosuch'", await monitor.AskAsync("reg nosuch"), StringComparison.Ordinal);
            Assert.Contains("error: unknown register '0x17'", await monitor.AskAsync("reg 0x17"), StringComparison.Ordinal);
            Assert.Contains("error: no register matches 'q*'", await monitor.AskAsync("reg q*"), StringComparison.Ordinal);
            Assert.Contains("error: bad expression 'x21+'", await monitor.AskAsync("reg x0 = x21+"), StringComparison.Ordinal);
            Assert.Contains("error: PSTATE cannot change the exception level: '0'", await monitor.AskAsync("reg pstate = 0"), StringComparison.Ordinal);

            // Hardware would not let the vCPU return to EL1: neither it nor Nestor could go on.
            Assert.Contains("error: with HCR_EL2.TGE there is no EL1, and there the vcpu is: '0xffffffffffffffff'", await monitor.AskAsync("reg HCR_EL2 = 0xffffffffffffffff"), StringComparison.Ordinal);
            Assert.Contains("error: reg REGISTER = VALUE, with spaces, is how to write", await monitor.AskAsync("reg x0 1"), StringComparison.Ordinal);
        });

    [Fact]
    public async Task What_changed_since_the_last_stop_can_be_asked() =>
        await MonitoredGuest.RunAsync("reg diff", async (machine, monitor) =>
        {
            Assert.Contains("error: no earlier stop", await monitor.AskAsync("reg diff"), StringComparison.Ordinal);
            await monitor.AskAsync("vcpu stop");
            string before = await monitor.AskAsync("reg x19");
            await monitor.AskAsync("vcpu go");
            await monitor.ExpectChangeAsync("reg x19", before);
            await monitor.AskAsync("vcpu stop");
            JsonElement difference = await monitor.JsonAsync("reg diff");
            Assert.Contains("x19", difference.GetProperty("registers").EnumerateArray().Select(row => row.GetProperty("name").GetString()));
            Assert.DoesNotContain("x21", difference.GetProperty("registers").EnumerateArray().Select(row => row.GetProperty("name").GetString()));
        });

    [Fact]
    public async Task The_second_level_is_seen_as_it_sees_itself() =>
        await MonitoredGuest.RunAsync("reg -l2", async (machine, monitor) =>
        {
            JsonElement level2 = await monitor.JsonAsync("reg -l2 *");
            Assert.True(level2.GetProperty("running").GetBoolean());
            JsonElement[] rows = [.. level2.GetProperty("registers").EnumerateArray()];
            Assert.Equal("0x80000307", Find(rows, "MPIDR_EL1"));
            Assert.Equal("0x5678", Find(rows, "x21"));
            Assert.Equal("0x30d00981", Find(rows, "SCTLR_EL1"));
            Assert.DoesNotContain(rows, row => row.GetProperty("name").GetString() == "HCR_EL2");

            await monitor.AskAsync("reg -l2 TPIDR_EL1 = 0x77");
            Assert.Equal("0x77", await ValueAsync(monitor, "TPIDR_EL1"));
            Assert.Contains("error: the second level has no such register to write: 'HCR_EL2'", await monitor.AskAsync("reg -l2 HCR_EL2 = 1"), StringComparison.Ordinal);
            Assert.Contains("error: reg REGISTER = VALUE, with spaces, is how to write", await monitor.AskAsync("reg -l2 x0 1"), StringComparison.Ordinal);
        });

    [Fact]
    public async Task Identification_vectors_and_what_is_computed_can_be_read() =>
        await MonitoredGuest.RunAsync("reg read only", async (machine, monitor) =>
        {
            // FEAT_NV2 is offered.
            ulong features = Convert.ToUInt64(await ValueAsync(monitor, "ID_AA64MMFR2_EL1"), 16);
            Assert.Equal(2UL, features >> 24 & 0xf);
            Assert.Contains("ID_AA64PFR0_EL1", await monitor.AskAsync("reg id_aa64*"), StringComparison.Ordinal);
            Assert.Contains("error: read only here: 'ID_AA64PFR0_EL1'", await monitor.AskAsync("reg ID_AA64PFR0_EL1 = 0"), StringComparison.Ordinal);
            Assert.Equal("0x0", (await monitor.JsonAsync("reg v31")).GetProperty("registers")[0].GetProperty("low").GetString());
            Assert.Contains("error: unknown register 'v32'", await monitor.AskAsync("reg v32"), StringComparison.Ordinal);

            Assert.Equal(await ValueAsync(monitor, "SP_EL1"), await ValueAsync(monitor, "sp"));
            Assert.Equal(await ValueAsync(monitor, "x30"), await ValueAsync(monitor, "lr"));

            // One list register of four is pending; five bits of priority.
            Assert.Equal("0xe", await ValueAsync(monitor, "ICH_ELRSR_EL2"));
            Assert.Equal("0x90b80003", await ValueAsync(monitor, "ICH_VTR_EL2"));
            await monitor.AskAsync("reg ICH_HCR_EL2 = 2");
            Assert.Equal("0x2", await ValueAsync(monitor, "ICH_MISR_EL2"));
        });

    private static string? Find(JsonElement[] rows, string name) =>
        rows.Single(row => row.GetProperty("name").GetString() == name).GetProperty("value").GetString();

    private static async Task<string?> ValueAsync(MonitorConsole monitor, string register) =>
        (await monitor.JsonAsync("reg " + register)).GetProperty("registers")[0].GetProperty("value").GetString();
}
