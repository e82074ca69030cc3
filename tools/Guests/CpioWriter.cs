// Writes an archive in the "newc" format that Linux unpacks as its initramfs
// (Documentation/driver-api/early-userspace/buffer-format.rst). Times, owners and inode numbers are
// fixed, so the same files give the same bytes.
using System.Text;

namespace Nestor.Tools.Guests;

public sealed class CpioWriter
{
    private const int Directory = 0x4000;
    private const int CharacterDevice = 0x2000;
    private const int RegularFile = 0x8000;
    private const int SymbolicLink = 0xa000;
    private const int Alignment = 4;

    private readonly MemoryStream _bytes = new();
    private int _inode;

    public void AddDirectory(string name) => Add(name, Directory | 0x1ed, [], 0, 0);

    public void AddFile(string name, ReadOnlySpan<byte> content, bool executable) =>
        Add(name, RegularFile | (executable ? 0x1ed : 0x1a4), content, 0, 0);

    public void AddLink(string name, string target) =>
        Add(name, SymbolicLink | 0x1ff, Encoding.UTF8.GetBytes(target), 0, 0);

    public void AddCharacterDevice(string name, int major, int minor) =>
        Add(name, CharacterDevice | 0x180, [], major, minor);

    /// <summary>Closes the archive and gives its bytes.</summary>
    public byte[] Finish()
    {
        _inode = -1;
        Add("TRAILER!!!", 0, [], 0, 0);
        return _bytes.ToArray();
    }

    private void Add(string name, int mode, ReadOnlySpan<byte> content, int major, int minor)
    {
        _inode++;
        byte[] nameBytes = Encoding.UTF8.GetBytes(name + "\0");
        int links = (mode & Directory) != 0 && (mode & RegularFile) == 0 ? 2 : 1;
        Span<int> fields =
            [_inode, mode, 0, 0, links, 0, content.Length, 0, 0, major, minor, nameBytes.Length, 0];
        StringBuilder header = new("070701");
        foreach (int field in fields)
        {
            header.Append(field.ToString("X8", System.Globalization.CultureInfo.InvariantCulture));
        }

        _bytes.Write(Encoding.ASCII.GetBytes(header.ToString()));
        _bytes.Write(nameBytes);
        Pad();
        _bytes.Write(content);
        Pad();
    }

    private void Pad()
    {
        while (_bytes.Length % Alignment != 0)
        {
            _bytes.WriteByte(0);
        }
    }
}
