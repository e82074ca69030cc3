// Whether something can be written is tried, and the trial leaves nothing.
using System.IO;
using Nestor.Tools.Support;
using Xunit;

namespace Nestor.Tests.Unit.Tools;

public sealed class WritablePlaceTests : System.IDisposable
{
    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_file_can_be_written_where_it_is_or_may_be()
    {
        Assert.Null(WritablePlace.ProblemOfFile(_files.Path("new")));
        Assert.Empty(Directory.GetFileSystemEntries(_files.Root));
        string there = _files.Write("there", "as it was");
        Assert.Null(WritablePlace.ProblemOfFile(there));
        Assert.Equal("as it was", File.ReadAllText(there));
    }

    [Fact]
    public void A_directory_may_lack_those_above_it()
    {
        Assert.Null(WritablePlace.ProblemOfDirectory(_files.Path("a/b/c")));
        Assert.Null(WritablePlace.ProblemOfDirectory(_files.Root));
        Assert.Empty(Directory.GetFileSystemEntries(_files.Root));
    }

    [Fact]
    public void What_cannot_be_is_said()
    {
        string file = _files.Write("file", "");
        Assert.Equal("it is a directory", WritablePlace.ProblemOfFile(_files.Root));
        Assert.Equal($"there is no directory {_files.Path("none")}", WritablePlace.ProblemOfFile(_files.Path("none/x")));
        Assert.Equal("no file can be made in /proc", WritablePlace.ProblemOfFile("/proc/x"));
        Assert.Equal("there is something else already", WritablePlace.ProblemOfSocket(file));
        Assert.Null(WritablePlace.ProblemOfSocket(_files.Path("socket")));
        Assert.Equal("it is a directory", WritablePlace.ProblemOfSocket(_files.Root));
        Assert.Contains("that of a socket at most 107", WritablePlace.ProblemOfSocket(_files.Path(new string('x', 100))), System.StringComparison.Ordinal);
        Assert.Null(WritablePlace.ProblemOfFile("/dev/null"));
        Assert.Null(WritablePlace.ProblemOfSpace(_files.Root));
        Assert.NotNull(WritablePlace.ProblemOfSpace("/proc"));
        Assert.Equal($"{file} is a file", WritablePlace.ProblemOfDirectory(file + "/x"));
        Assert.Equal("no directory can be made in /proc", WritablePlace.ProblemOfDirectory("/proc/x/y"));
        Assert.Equal("no file can be made in /proc", WritablePlace.ProblemOfDirectory("/proc"));
    }

    [Fact]
    public void The_size_of_a_file_is_that_of_what_a_link_leads_to()
    {
        string file = _files.Path("large");
        File.WriteAllBytes(file, new byte[10_000]);
        File.CreateSymbolicLink(_files.Path("link"), file);
        Assert.Equal(10_000, FileKinds.SizeOf(_files.Path("link")));
        Assert.Equal(0, FileKinds.SizeOf(_files.Path("nothing")));
    }
}
