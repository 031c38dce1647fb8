import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.awt.Rectangle;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZOutputFile;
import org.apache.poi.hslf.usermodel.HSLFSlideShow;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.sl.usermodel.Slide;
import org.apache.poi.sl.usermodel.SlideShow;
import org.apache.poi.sl.usermodel.TextBox;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.xslf.usermodel.XMLSlideShow;

/** Writes xls, ppt, pptx and 7z with the libraries of the Tika jar: folder, then files of lines; a line is a page. */
class OldOffice {
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        for (int at = 1; at < arguments.length; at++) {
            Path lines = Path.of(arguments[at]);
            String name = lines.getFileName().toString().replace(".lines", "");
            List<String> pages = Files.readAllLines(lines, StandardCharsets.UTF_8);
            try (Workbook book = new HSSFWorkbook()) {
                for (int page = 0; page < pages.size(); page++) {
                    Sheet sheet = book.createSheet("表" + (page + 1));
                    String[] cells = pages.get(page).split("(?<=[，。；])");
                    for (int row = 0; row < cells.length; row++) {
                        sheet.createRow(row).createCell(row % 3).setCellValue(cells[row]);
                    }
                }
                try (OutputStream out = new FileOutputStream(folder.resolve(name + ".xls").toFile())) {
                    book.write(out);
                }
            }
            show(new HSLFSlideShow(), pages, folder.resolve(name + ".ppt"));
            show(new XMLSlideShow(), pages, folder.resolve(name + ".pptx"));
            try (SevenZOutputFile out = new SevenZOutputFile(folder.resolve(name + ".7z").toFile())) {
                for (int page = 0; page < pages.size(); page++) {
                    byte[] body = pages.get(page).getBytes(StandardCharsets.UTF_8);
                    SevenZArchiveEntry entry = new SevenZArchiveEntry();
                    entry.setName("目录/第" + (page + 1) + "份.txt");
                    entry.setSize(body.length);
                    entry.setLastModifiedDate(new java.util.Date(0)); // Tika fails without one
                    out.putArchiveEntry(entry);
                    out.write(body);
                    out.closeArchiveEntry();
                }
            }
        }
    }

    static void show(SlideShow<?, ?> show, List<String> pages, Path path) throws Exception {
        for (String text : pages) {
            Slide<?, ?> slide = show.createSlide();
            TextBox<?, ?> box = slide.createTextBox();
            box.setAnchor(new Rectangle(20, 20, 600, 400));
            box.setText(text);
        }
        try (OutputStream out = new FileOutputStream(path.toFile())) {
            show.write(out);
        }
        show.close();
    }
}
