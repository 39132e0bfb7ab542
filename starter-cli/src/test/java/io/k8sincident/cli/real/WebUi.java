package io.k8sincident.cli.real;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Temporal's Web UI in a real Chromium, used as a person would. */
final class WebUi implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final File DRIVER = new File("/usr/bin/chromedriver");
    private final ChromeDriver browser;
    private final WebDriverWait patience;

    WebUi() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=1400,1600",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1");
        browser = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER)
                        .usingAnyFreePort()
                        .build(),
                options);
        patience = new WebDriverWait(browser, Duration.ofSeconds(40));
    }

    /** Whether this machine has a Chromium and its driver. */
    static boolean available() {
        return Files.isExecutable(CHROMIUM) && DRIVER.canExecute();
    }

    void open(String url) {
        browser.get(url);
    }

    /** Opens a tab of the workflow that is shown. */
    void tab(String name) {
        patience.until(ExpectedConditions.elementToBeClickable(By.partialLinkText(name)))
                .click();
    }

    /** Waits until the page shows this text, also within a frame: the UI renders Markdown in one. */
    void awaitText(String text) {
        patience.withMessage(text).until(driver -> {
            boolean shown = bodyText().contains(text)
                    || driver.findElements(By.tagName("iframe")).stream().anyMatch(frame -> shows(frame, text));
            return shown ? Boolean.TRUE : null;
        });
    }

    private boolean shows(WebElement frame, String text) {
        try {
            browser.switchTo().frame(frame);
            return bodyText().contains(text);
        } catch (StaleElementReferenceException e) {
            return false; // the page was drawn anew meanwhile
        } finally {
            browser.switchTo().defaultContent();
        }
    }

    private String bodyText() {
        return String.valueOf(browser.findElement(By.tagName("body")).getDomProperty("textContent"));
    }

    /** Sends a signal through the dialog of the workflow that is shown. */
    void signal(String name, String json) {
        visible("[aria-controls='workflow-actions']").click();
        visible("[data-testid='signal-button']").click();
        String dialog = "dialog#signal-confirmation-modal[open] ";
        visible(dialog + "#signal-name").sendKeys(name);
        WebElement editor = visible(dialog + "[role='textbox'][aria-label='Data']");
        editor.click();
        // Inserted as from the clipboard: the editor closes brackets and quotes by itself when they are typed.
        browser.executeScript("document.execCommand('insertText', false, arguments[0])", json);
        new Actions(browser)
                .moveToElement(visible(dialog + "[data-testid='confirm-modal-button']"))
                .click()
                .perform();
        patience.until(ExpectedConditions.invisibilityOfElementLocated(By.cssSelector(dialog + "#signal-name")));
    }

    void screenshot(Path file) throws IOException {
        Files.write(file, browser.getScreenshotAs(OutputType.BYTES));
    }

    private WebElement visible(String selector) {
        return patience.until(driver -> driver.findElements(By.cssSelector(selector)).stream()
                .filter(WebElement::isDisplayed)
                .findFirst()
                .orElse(null));
    }

    @Override
    public void close() {
        browser.quit();
    }
}
