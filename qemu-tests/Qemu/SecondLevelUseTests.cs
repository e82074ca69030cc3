// What a second level must stand: a neighbour that is killed, 100 MiB over disk and network, and a monitor that opens in the middle of
// its lines.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Nestor.Tests.Harness;
using Xunit;

namespace Nestor.Tests.Qemu;

public sealed class SecondLevelUseTests
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan s_transfer = TimeSpan.FromSeconds(240);

    [Fact]
    [Trait("Category", "Slow")]
    public Task Of_two_busy_guests_of_a_guest_one_is_killed_and_the_other_goes_on() => RunAsync(KvmMode.Vhe, cpus: 2, async (machine, second) =>
    {
        foreach (string name in (string[])["a", "b"])
        {
            await second.StartBehindAsync(name, cpus: 1);
            await second.ExpectShellBehindAsync(name, cpus: 1);
            await second.TypeBehindAsync(name, "while :; do i=$((i+1)); [ $((i%500)) = 0 ] && echo round $i; done &");
        }

        await second.ExpectBehindAsync("a", @"round \d+");
        int before = await RoundAsync(second);
        await machine.SendAsync("kill -9 $(cat /tmp/a.pid); echo killed $?\n");
        await machine.ExpectAsync(new Regex("^killed 0$", RegexOptions.Multiline), TimeSpan.FromSeconds(30));

        // What follows the answer was said after the kill.
        await second.TypeBehindAsync("b", "echo $((6*7))y");
        await second.ExpectBehindAsync("b", "42y");
        Assert.True(await RoundAsync(second) > before);
        await second.TypeBehindAsync("b", "poweroff -f");
        await machine.SendAsync("while pidof qemu-system-aarch64 > /dev/null; do sleep 1; done; echo left $((6*7-42))\n");
        await machine.ExpectAsync(new Regex("left 0$", RegexOptions.Multiline), TimeSpan.FromSeconds(60));
        await second.PowerOffAsync();
    });

    [Fact]
    [Trait("Category", "Slow")]
    public Task Disk_and_network_of_a_guest_of_a_guest_carry_100_MiB() => RunAsync(KvmMode.Vhe, cpus: 1, async (machine, second) =>
    {
        LinuxConsole console = new(machine);
        await machine.SendAsync("ifconfig lo up; httpd -p 127.0.0.1:80 -h /tmp; cd /tmp\n");
        await machine.SendAsync("dd if=/dev/urandom of=data bs=1M count=100; dd if=/dev/zero of=disk bs=1M count=100; md5sum data\n");
        string sum = (await machine.ExpectAsync(new Regex("^([0-9a-f]{32})  data$", RegexOptions.Multiline), s_transfer)).Groups[1].Value;

        await second.StartAsync(
            cpus: 1,
            qemu: "-drive file=/tmp/disk,if=none,id=disk,format=raw -device virtio-blk-pci,drive=disk "
                + "-netdev user,id=net -device virtio-net-pci,netdev=net,romfile=");

        // In by the network and out to the disk; then what the disk has is read by the guest, and by its host.
        await machine.SendAsync("virtio; wget -q -O - http://10.0.2.2/data | dd of=/dev/vda bs=64k; sync; echo written $?\n");
        await machine.ExpectAsync(new Regex("^written 0$", RegexOptions.Multiline), s_transfer);
        await machine.SendAsync("echo 3 > /proc/sys/vm/drop_caches; md5sum /dev/vda\n");
        await machine.ExpectAsync(new Regex($"^{sum}  /dev/vda$", RegexOptions.Multiline), s_transfer);
        await second.EndAsync();
        await machine.SendAsync("md5sum disk\n");
        await machine.ExpectAsync(new Regex($"^{sum}  disk$", RegexOptions.Multiline), s_transfer);
        await second.PowerOffAsync();
    });

    [Fact]
    [Trait("Category", "Slow")]
    public Task Lines_stay_whole_and_so_does_what_the_monitor_says() => RunAsync(KvmMode.Vhe, cpus: 2, async (machine, second) =>
    {
        // Each byte goes through KVM, the VMM and the first kernel's terminal, whose CPUs others want too: a line takes a tenth of a second.
        const int Lines = 30;
        const string Line = "cpu ([01]) says ([0-9]+) and no other word comes between\n";
        string[] commands = ["help", "json vcpu", "trace 20", "config", "json stats", "gic", "json trace 8", "reg -l2 *_el1", "json vm", "timer"];
        Dictionary<string, string> answers = [];
        await second.StartAsync(cpus: 2);
        await machine.SendAsync(
            $"(for c in 0 1; do taskset -c $c sh -c 'for i in $(seq {Lines}); do echo cpu $0 says $i and no other word comes between; done' $c & done; wait)\n");
        await machine.ExpectAsync(new Regex("^cpu [01] says 2 and", RegexOptions.Multiline), s_soon);
        MonitorConsole monitor = new(machine);
        int start = machine.Transcript.Text.Length;
        await monitor.OpenAsync();
        Stopwatch clock = Stopwatch.StartNew();
        for (int round = 0; clock.Elapsed < 2 * s_soon && Regex.Count(machine.Transcript.Text, Line.Replace("[0-9]+", $"{Lines}", StringComparison.Ordinal)) < 2; round++)
        {
            string command = commands[round % commands.Length];
            string answer = OwnLines(await monitor.AskAsync(command));
            if (command is "help" or "config")
            {
                Assert.Equal(answers.TryAdd(command, answer) ? answer : answers[command], answer);
            }
            else if (command.StartsWith("json ", StringComparison.Ordinal))
            {
                JsonDocument.Parse(answer).Dispose();
            }

            await Task.Delay(50);
        }

        // The first one began before the monitor was there.
        List<string> printed = [.. Regex.Matches(machine.Transcript.Text[start..], "\\[guest\\] (.*\n)").Skip(1).Select(line => line.Groups[1].Value)];
        printed.RemoveAll(line => line == "nestor# \n");

        // A machine that stands still for a second in the middle of a line is excused, now and then.
        int cuts = 0;
        for (int i = 0; i + 1 < printed.Count; i++)
        {
            if (!Regex.IsMatch(printed[i], $"^{Line}$"))
            {
                printed[i] = printed[i].TrimEnd('\n') + printed[i + 1];
                printed.RemoveAt(i + 1);
                cuts++;
            }
        }

        Assert.InRange(cuts, 0, printed.Count / 20);
        Assert.All(printed, line => Assert.Matches($"^{Line}$", line));
        foreach (string cpu in (string[])["0", "1"])
        {
            int[] numbers = [.. printed.Select(line => Regex.Match(line, Line)).Where(match => match.Groups[1].Value == cpu).Select(match => int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture))];
            Assert.Equal(Enumerable.Range(Lines - numbers.Length + 1, numbers.Length), numbers);
            Assert.InRange(numbers.Length, 1, Lines);
        }

        await monitor.CloseAsync();
        await second.AnswerAndEndAsync();
        await second.PowerOffAsync();
    });

    // What a command has said; guests' lines come before it and behind it.
    private static string OwnLines(string answer)
    {
        string[] lines = answer.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] own = [.. lines.SkipWhile(IsGuests).Reverse().SkipWhile(IsGuests).Reverse()];
        Assert.DoesNotContain(own, IsGuests);
        return string.Join('\n', own);

        static bool IsGuests(string line) => line.Contains("[guest] ", StringComparison.Ordinal);
    }

    private static Task RunAsync(KvmMode mode, int cpus, Func<QemuMachine, SecondLevel, Task> body, [CallerMemberName] string test = "") =>
        SecondLevelRun.RunAsync(mode, cpus, body, test);

    private static async Task<int> RoundAsync(SecondLevel second) =>
        int.Parse((await second.ExpectBehindAsync("b", @"round (\d+)")).Groups[1].Value, CultureInfo.InvariantCulture);
}
