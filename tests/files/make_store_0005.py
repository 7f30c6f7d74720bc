"""Makes `store-0005.zip`: the content of the first file, in a store of revision 0005.

Run once by the program of its day, when revision 0006 was made; see `make_store_0001`.

    python -m tests.files.make_store_0005
"""

from tests.files import make_store_0001 as first

FILE = first.FILE.with_name("store-0005.zip")


def main() -> None:
    """Write the file."""
    first.FILE, first.REVISION = FILE, "0005"
    first.main()


if __name__ == "__main__":
    main()
