// A TLBI of a guest hypervisor reaches every shadow that it must and no more: what Nestor has mapped in each shadow, before the
// TLBI and after its guests have run again, says what it had forgotten. The guest is Payloads/Groups/TwoVmids.cs.
using System;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Nestor.Tests.Guests;
using Nestor.Tests.Harness;
using Nestor.Tools.Launch;
using Xunit;

namespace Nestor.Tests.Qemu;

public sealed class ShadowReachTests
{
    private const int Guests = 3;

    // The page of the code and three pages of data.
    private const int All = 4;

    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(2)]
    [InlineData(1)]
    public async Task A_TLBI_reaches_every_shadow_that_it_must_and_no_more(int nv)
    {
        GuestDescription guest = new("g") { Kernel = PayloadRuns.Image, Append = "group=two-vmids", Nv = nv };
        MachineOptions options = MachineOptions.Nestor($"two vmids, nv={nv}", new MachineDescription { Guests = [guest] }) with { Deadline = TimeSpan.FromSeconds(240) };
        await QemuMachine.RunAsync(options, async machine =>
        {
            MonitorConsole monitor = new(machine);
            await machine.ExpectAsync("two vmids: at your service", s_soon);
            int[] filled = await VisitAsync(machine, monitor);
            Assert.Equal([All, All, All], filled);

            // Guests a and c are under one VMID, b is under another.
            await ExpectAsync('-', "no TLBI", 0, 0, 0);
            await ExpectAsync('i', "IPAS2E1IS of a's VMID", 1, 0, 1);
            await ExpectAsync('l', "IPAS2LE1IS of a's VMID, with the level", 1, 0, 1);
            await ExpectAsync('h', "IPAS2E1IS of b's VMID, with the level", 0, 1, 0);
            await ExpectAsync('r', "RIPAS2E1IS of two pages of a's VMID", 2, 0, 2);
            await ExpectAsync('v', "VMALLE1IS of a's VMID: stage 2 stays", 0, 0, 0);
            await ExpectAsync('e', "VAE1IS of a's VMID: stage 2 stays", 0, 0, 0);
            await ExpectAsync('s', "VMALLS12E1IS of a's VMID", All, 0, All);
            await ExpectAsync('1', "ALLE1IS", All, All, All);
            await ExpectAsync('2', "ALLE2IS", 0, 0, 0);
            await ExpectAsync('3', "VAE2IS", 0, 0, 0);
            await machine.SendAsync("q");
            await machine.ExpectPowerOffAsync(s_soon);

            async Task ExpectAsync(char key, string what, params int[] grown)
            {
                if (key != '-')
                {
                    await PressAsync(machine, key);
                }

                int[] now = await VisitAsync(machine, monitor);
                Assert.Equal($"{what}: {string.Join(", ", grown)}", $"{what}: {string.Join(", ", now.Zip(filled, (after, before) => after - before))}");
                filled = now;
            }
        });
    }

    // Each guest makes its accesses; how often something was mapped in its shadow since it began.
    private static async Task<int[]> VisitAsync(QemuMachine machine, MonitorConsole monitor)
    {
        foreach (char key in "abc")
        {
            await PressAsync(machine, key);
        }

        await monitor.OpenAsync();
        JsonElement[] shadows = [.. (await monitor.JsonAsync("shadow g")).GetProperty("shadows").EnumerateArray()];
        await monitor.CloseAsync();
        Assert.Equal(Guests, shadows.Length);
        return [.. shadows.Select(shadow => shadow.GetProperty("filled").GetInt32())];
    }

    private static async Task PressAsync(QemuMachine machine, char key)
    {
        await machine.SendAsync(key.ToString());
        await machine.ExpectAsync(new Regex($"done: {key}\r?\n"), s_soon);
    }
}
