// Debian's U-Boot for QEMU's virt machine, unmodified, at address 0 of a guest.
using System;
using System.Threading.Tasks;
using Nestor.Tests.Harness;
using Nestor.Tools.Launch;
using Xunit;

namespace Nestor.Tests.Qemu;

public sealed class FirmwareTests
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(2, 2)]
    [InlineData(2, 1)]
    [InlineData(1, 2)]
    public async Task U_Boot_reaches_its_prompt_and_answers(int el, int nv)
    {
        MachineDescription machine = new() { Guests = [StockGuest.UBoot() with { El = el, Nv = nv }] };
        await QemuMachine.RunAsync(MachineOptions.Nestor($"u-boot el={el} nv={nv}", machine), async qemu =>
        {
            await qemu.ExpectAsync($"guest (EL{el}, ", s_soon);
            await qemu.ExpectAsync("U-Boot 20", s_soon);
            await qemu.ExpectAsync("Hit any key to stop autoboot", s_soon);
            await qemu.SendAsync(" ");
            await qemu.ExpectAsync("=> ", s_soon);
            await qemu.SendAsync("version\n");
            await qemu.ExpectAsync("U-Boot 20", s_soon);
            await qemu.ExpectAsync("=> ", s_soon);
            await qemu.SendAsync("setexpr answer 0x10 * 0x11; printenv answer\n");
            await qemu.ExpectAsync("answer=110", s_soon);
            await qemu.SendAsync("poweroff\n");
            await qemu.ExpectPowerOffAsync(s_soon);
        });
    }
}
